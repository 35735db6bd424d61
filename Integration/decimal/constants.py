#!/usr/bin/env python3
"""Print the tables of Sources/IEEEDecimal/LogarithmConstants.swift.

Each constant is an unsigned binary fixed-point number with 384 bits after the point, rounded down, as seven 64-bit words
from the least significant to the integer part.

Run: python3 Integration/decimal/constants.py > Sources/IEEEDecimal/LogarithmConstants.swift
"""

from decimal import Decimal, getcontext

FRACTION_BITS = 384
getcontext().prec = 200


def words(value):
    scaled = int(value * (1 << FRACTION_BITS))
    return [f"0x{scaled >> (64 * index) & (2**64 - 1):016X}" for index in range(7)]


def literal(value, indent):
    parts = words(value)
    pad = " " * (indent + 4)
    lines = [", ".join(parts[start : start + 4]) for start in (0, 4)]
    return f"FixedPoint([\n{pad}{lines[0]},\n{pad}{lines[1]},\n{' ' * indent}])"


def main():
    ten, two = Decimal(10).ln(), Decimal(2).ln()
    print("/// Logarithms with 384 bits after the point; Integration/decimal/constants.py prints this file.")
    print("enum LogarithmConstants {")
    for name, text, value in (
        ("naturalOfTen", "The natural logarithm of ten.", ten),
        ("naturalOfTwo", "The natural logarithm of two.", two),
        ("decimalOfE", "The decimal logarithm of Euler's number.", 1 / ten),
    ):
        print(f"    /// {text}")
        print(f"    static var {name}: FixedPoint {{\n        {literal(value, 8)}\n    }}\n")
    print("    /// The natural logarithm of (33 + 2 × index) / 32, the middle of the sixteenth of [1, 2) with that index.")
    print("    static func naturalOfMiddle(_ index: UInt64) -> FixedPoint {\n        switch index {")
    for index in range(16):
        label = f"case {index}" if index < 15 else "default"
        value = (Decimal(33 + 2 * index) / 32).ln()
        print(f"        {label}:\n            {literal(value, 12)}")
    print("        }\n    }\n}")


if __name__ == "__main__":
    main()
