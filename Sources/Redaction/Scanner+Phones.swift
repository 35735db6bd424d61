extension Scanner {
    /// A telephone number recognised by its format, with the number of the run's digits that belong to it.
    ///
    /// Groups that end a longer number, such as a parcel number, are a telephone number only with a country code.
    func phone(_ run: NumberRun, at start: Int) -> (RedactionKind, Int)? {
        guard run.count >= 7, !run.isSpoken, !isDate(run) else { return nil }
        let isPart = context.kind != .phone && isFourGrouped(before: start)
        let count = international(run) ?? (isPart ? nil : national(run))
        return count.map { (.phone, $0) }
    }

    /// Whether a group of four digits directly precedes `start`, with another digit before it.
    private func isFourGrouped(before start: Int) -> Bool {
        guard start >= 7, codes[start - 1] == 0x20, codes[start - 6] == 0x20, codes[start - 7].isDigit else {
            return false
        }
        return codes[(start - 5)..<(start - 1)].allSatisfy(\.isDigit)
    }

    private func mayEnd(_ run: NumberRun, _ count: Int) -> Bool {
        count <= run.count && run.isBoundary(count) && isEnd(run.ends[count - 1])
    }

    /// The length of an international number: "+" or "00", a country code, and 8 to 15 digits in total.
    private func international(_ run: NumberRun) -> Int? {
        if run.hasPlus, run.digits[0] != 0 {
            return (8...15).reversed().first { mayEnd(run, $0) }
        }
        guard run.count >= 11, run.digits[0] == 0, run.digits[1] == 0, run.digits[2] != 0 else { return nil }
        let isGrouped = (2..<run.count).contains { run.isBoundary($0) }
        return isGrouped ? (11...17).reversed().first { mayEnd(run, $0) } : nil
    }

    /// The length of a number in the national format of one of the countries.
    private func national(_ run: NumberRun) -> Int? {
        guard !run.hasPlus else { return nil }
        return telephones.length(of: run) { count in
            // A single repeated digit is a dummy.
            mayEnd(run, count) && run.digits[..<count].contains { $0 != run.digits[count - 1] }
        }
    }
}
