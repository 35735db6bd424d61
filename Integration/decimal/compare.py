#!/usr/bin/env python3
"""Compare Decimal128 with CPython's decimal module on random operands.

Writes cases in the decTest syntax to a file, lets the test `ReferenceComparison` compute them, and compares its results
as text, and the flags, with decimal's (precision 34, Emin -6143, Emax 6144, clamp 1). decimal's functions always
round half to even; for other roundings, its result with 200 digits is rounded, and only the text is compared. For `power`, for which decimal
itself guarantees only one unit of the last digit, a computation with 200 digits decides.

Run, from the package's root:
    python3 Integration/decimal/compare.py [--count N] [--seed S] [--only add,divide] [-- swift test arguments]
Exits with 1 if anything differs except a `power` that CPython rounds incorrectly.
"""

import argparse
import decimal
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter

MODES = {
    "half_even": decimal.ROUND_HALF_EVEN,
    "half_up": decimal.ROUND_HALF_UP,
    "half_down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "ceiling": decimal.ROUND_CEILING,
    "floor": decimal.ROUND_FLOOR,
    "05up": decimal.ROUND_05UP,
}
FLAGS = [
    (decimal.InvalidOperation, 1),
    (decimal.DivisionByZero, 2),
    (decimal.Overflow, 4),
    (decimal.Underflow, 8),
    (decimal.Inexact, 16),
    (decimal.Rounded, 32),
    (decimal.Subnormal, 64),
    (decimal.Clamped, 128),
]


def context(mode):
    return decimal.Context(prec=34, Emin=-6143, Emax=6144, clamp=1, rounding=MODES[mode], traps=[])


PLAIN = context("half_even")


def digits(rng, count):
    kind = rng.randrange(6)
    if kind == 0:
        return "9" * count
    if kind == 1:
        return "1" + "0" * (count - 1)
    if kind == 2:
        return str(rng.randrange(1, 10)) + "0" * (count - 2) + str(rng.randrange(10)) if count > 1 else "5"
    if kind == 3:
        return ("%d" % rng.randrange(10**count)).zfill(count)[: count - 1] + "5"
    return "%d" % rng.randrange(10 ** (count - 1), 10**count)


def number(rng):
    sign = rng.choice(["", "-"])
    kind = rng.randrange(14)
    if kind < 4:
        return f"{sign}{rng.randrange(10 ** rng.randrange(1, 12))}.{rng.randrange(100):02d}"
    if kind == 4:
        return sign + str(rng.randrange(10 ** rng.randrange(1, 20)))
    if kind == 5:
        return rng.choice(["0", "-0", "0.00", "0E+6111", "-0E-6176", "1", "-1", "10", "0.1", "0.5", "2", "1.00"])
    if kind == 6 and rng.randrange(8) == 0:
        return rng.choice(["Infinity", "-Infinity", "NaN", "-NaN12", "sNaN7"])
    if kind == 7:
        return f"{sign}{digits(rng, rng.randrange(1, 35))}E{rng.randrange(-6176, -6100)}"
    if kind == 8:
        return f"{sign}{digits(rng, rng.randrange(1, 35))}E{rng.randrange(6060, 6112)}"
    if kind == 9:
        return f"{sign}{digits(rng, 34)}E{rng.randrange(-40, 8)}"
    if kind == 10:
        return f"{sign}{digits(rng, rng.randrange(1, 35))}E{rng.randrange(-3100, 3100)}"
    return f"{sign}{digits(rng, rng.randrange(1, 35))}E{rng.randrange(-45, 20)}"


def near_one(rng):
    gap = decimal.Decimal((0, (rng.randrange(1, 10),), -rng.randrange(1, 34)))
    return str(PLAIN.add(1, gap if rng.randrange(2) else -gap))


def exponent_operand(rng):
    kind = rng.randrange(8)
    if kind < 3:
        return f"{rng.choice(['', '-'])}{digits(rng, rng.randrange(1, 35))}E{-rng.randrange(25, 75)}"
    if kind < 5:
        return f"{rng.choice(['', '-'])}{rng.randrange(15000)}.{rng.randrange(10 ** 8)}"
    return number(rng)


def positive(rng):
    if rng.randrange(4) == 0:
        return near_one(rng)
    text = number(rng)
    return text.lstrip("-") if rng.randrange(20) else text


def power_operands(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return number(rng), str(rng.randrange(-60, 60))
    if kind == 1:
        return near_one(rng), number(rng)
    if kind == 2:
        return positive(rng), f"{rng.choice(['', '-'])}{rng.randrange(40)}.{rng.randrange(10 ** 6)}"
    if kind == 3:
        return f"{rng.randrange(1, 200)}.{rng.randrange(1000)}", str(rng.randrange(-400, 400))
    if kind == 4:
        base = rng.choice([2, 4, 5, 8, 16, 25, 32, 125, 10, 100, 1024])
        return str(decimal.Decimal(base).scaleb(rng.randrange(-9, 9))), str(rng.randrange(-25, 25))
    return number(rng), number(rng)


def quantum(rng, text):
    value = decimal.Decimal(text)
    shift = value.as_tuple().exponent if value.is_finite() else 0
    return f"1E{min(max(shift + rng.randrange(-6, 34), -6176), 6111)}"


def close_pair(rng):
    left = number(rng)
    value = decimal.Decimal(left)
    if rng.randrange(2) and value.is_finite():
        other = PLAIN.next_plus(value) if rng.randrange(2) else PLAIN.multiply(value, decimal.Decimal("1.000"))
        return left, str(other)
    return left, number(rng)


def long_text(rng):
    whole = digits(rng, rng.randrange(30, 80))
    point = rng.randrange(len(whole) + 1)
    return f"{rng.choice(['', '-', '+'])}{whole[:point]}.{whole[point:]}e{rng.randrange(-6300, 6200)}"


def rounding_operands(rng):
    text = number(rng)
    value = decimal.Decimal(text)
    shift = -value.as_tuple().exponent if value.is_finite() else 0
    return text, str(min(max(shift - rng.randrange(-3, 30), -6111), 6176))


def rounded(ctx, value, scale):
    if not value.is_finite() or value.as_tuple().exponent >= -int(scale):
        return value
    quiet = context("half_even")
    quiet.rounding = ctx.rounding
    return quiet.quantize(value, decimal.Decimal((0, (1,), -int(scale))))


def engineering(ctx, value):
    ctx.flags[decimal.Subnormal] = value.is_subnormal(ctx)
    return value.to_eng_string()


def two(make):
    return lambda rng: (make(rng), make(rng))


def one(make):
    return lambda rng: (make(rng),)


FUNCTIONS = {"squareroot", "exp", "ln", "log10", "power"}

# Operation: how operands are generated, how decimal computes it, whether the rounding is varied.
OPERATIONS = {
    "add": (two(number), lambda c, a, b: c.add(a, b), True),
    "subtract": (close_pair, lambda c, a, b: c.subtract(a, b), True),
    "multiply": (two(number), lambda c, a, b: c.multiply(a, b), True),
    "divide": (two(number), lambda c, a, b: c.divide(a, b), True),
    "divideint": (two(number), lambda c, a, b: c.divide_int(a, b), True),
    "remainder": (two(number), lambda c, a, b: c.remainder(a, b), True),
    "remaindernear": (two(number), lambda c, a, b: c.remainder_near(a, b), True),
    "fma": (lambda rng: (number(rng), number(rng), number(rng)), lambda c, a, b, d: c.fma(a, b, d), True),
    "quantize": (lambda rng: (lambda t: (t, quantum(rng, t)))(number(rng)), lambda c, a, b: c.quantize(a, b), True),
    "compare": (close_pair, lambda c, a, b: c.compare(a, b), True),
    "comparetotal": (close_pair, lambda c, a, b: c.compare_total(a, b), True),
    "round": (rounding_operands, rounded, True),
    "tointegralx": (one(number), lambda c, a: c.to_integral_exact(a), True),
    "reduce": (one(number), lambda c, a: c.normalize(a), True),
    "nextplus": (one(number), lambda c, a: c.next_plus(a), True),
    "nextminus": (one(number), lambda c, a: c.next_minus(a), True),
    "tosci": (one(long_text), lambda c, a: c.plus(a), True),
    "toeng": (one(number), engineering, False),
    "squareroot": (one(positive), lambda c, a: c.sqrt(a), True),
    "exp": (one(exponent_operand), lambda c, a: c.exp(a), True),
    "ln": (one(positive), lambda c, a: c.ln(a), True),
    "log10": (one(positive), lambda c, a: c.log10(a), True),
    "power": (power_operands, lambda c, a, b: c.power(a, b), True),
}


def make_cases(path, names, count, seed):
    rng = random.Random(seed)
    cases = []
    with open(path, "w", encoding="ascii") as file:
        for index in range(count):
            name = names[index % len(names)]
            operands = OPERATIONS[name][0](rng)
            mode = rng.choice(list(MODES)) if OPERATIONS[name][2] else "half_even"
            cases.append((name, mode, operands))
            file.write(f"rounding: {mode}\nr{index} {name} {' '.join(operands)} -> ?\n")
    return cases


def expected(name, mode, operands):
    ctx = context(mode)
    if name in FUNCTIONS and mode != "half_even":
        return directed(name, ctx, operands), None
    if name == "tosci":
        result = ctx.create_decimal(operands[0])
    else:
        result = OPERATIONS[name][1](ctx, *(decimal.Decimal(text) for text in operands))
    return str(result), sum(bit for flag, bit in FLAGS if ctx.flags[flag])


def wide_result(name, operands):
    wide = decimal.Context(prec=200, Emin=-999999999, Emax=999999999, traps=[])
    result = OPERATIONS[name][1](wide, *(decimal.Decimal(text) for text in operands))
    decided = not (wide.flags[decimal.Overflow] or wide.flags[decimal.Underflow])
    return result, decided and (result != 1 or not wide.flags[decimal.Inexact])


def directed(name, ctx, operands):
    """The function's result in a rounding other than half to even; None if 200 digits do not decide it."""
    result, decided = wide_result(name, operands)
    near_ten = result.is_finite() and set(str(result).partition("E")[0].strip("-")[40:]) in ({"9"}, {"0"})
    if not decided or not result or (near_ten and name == "power"):
        return None
    return str(ctx.plus(result))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=230_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(OPERATIONS))
    parser.add_argument("--swift", default="swift test", help="the command that runs the tests")
    parser.add_argument("--show", type=int, default=10, help="differences to print of each operation")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inputs, outputs = os.path.join(folder, "cases"), os.path.join(folder, "results")
        cases = make_cases(inputs, options.only.split(","), options.count, options.seed)
        environment = dict(os.environ, FRONTLINE_DECIMAL_CASES=inputs, FRONTLINE_DECIMAL_RESULTS=outputs)
        command = options.swift.split() + ["--filter", "ReferenceComparison"]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        with open(outputs, encoding="ascii") as file:
            results = [line.split() for line in file]
    if len(results) != len(cases):
        sys.exit(f"{len(cases)} cases but {len(results)} results")
    sys.exit(report(cases, results, options.show))


def report(cases, results, show):
    total, text_differs, flags_differ = Counter(), Counter(), Counter()
    misrounded, undecided = 0, 0
    for (name, mode, operands), (text, flags) in zip(cases, results):
        total[name] += 1
        want, want_flags = expected(name, mode, operands)
        if want is None:
            undecided += 1
        elif text != want and name == "power" and text == str(PLAIN.plus(wide_result(name, operands)[0])):
            misrounded += 1
        elif text != want:
            text_differs[name] += 1
            if text_differs[name] <= show:
                print(f"{name} {mode} {' '.join(operands)}: {text} here, {want} in CPython")
        elif want_flags is not None and int(flags) != want_flags:
            flags_differ[name] += 1
            if flags_differ[name] <= show:
                print(f"{name} {mode} {' '.join(operands)} = {text}: flags {flags} here, {want_flags} in CPython")
    for name, count in total.items():
        print(f"{name}: {count} compared, {text_differs[name]} differ, {flags_differ[name]} with other flags")
    differing, flags = sum(text_differs.values()), sum(flags_differ.values())
    print(f"all: {sum(total.values())} compared, {differing} differ, {flags} with other flags")
    print(f"power: CPython's last digit is wrong in {misrounded} (by its own power with 200 digits)")
    print(f"functions: {undecided} not decided by 200 digits")
    return 1 if differing or flags else 0


if __name__ == "__main__":
    main()
