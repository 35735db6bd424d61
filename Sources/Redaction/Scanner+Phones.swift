extension Scanner {
    /// A telephone number by its shape: how many of the run's digits belong to it.
    func phone(_ run: NumberRun) -> (RedactionKind, Int)? {
        guard run.count >= 7, !run.isSpoken, !isDate(run) else { return nil }
        let count = international(run) ?? national(run)
        return count.map { (.phone, $0) }
    }

    private func mayEnd(_ run: NumberRun, _ count: Int) -> Bool {
        count <= run.count && run.isBoundary(count) && isEnd(run.ends[count - 1])
    }

    /// "+" or "00", a country code, and 8 to 15 digits in all.
    private func international(_ run: NumberRun) -> Int? {
        if run.hasPlus, run.digits[0] != 0 {
            return (8...15).reversed().first { mayEnd(run, $0) }
        }
        guard run.count >= 11, run.digits[0] == 0, run.digits[1] == 0, run.digits[2] != 0 else { return nil }
        let isGrouped = (2..<run.count).contains { run.isBoundary($0) }
        return isGrouped ? (11...17).reversed().first { mayEnd(run, $0) } : nil
    }

    /// As one of the countries writes its numbers.
    private func national(_ run: NumberRun) -> Int? {
        guard !run.hasPlus else { return nil }
        return telephones.length(of: run) { count in
            // One digit throughout is a dummy.
            mayEnd(run, count) && run.digits[..<count].contains { $0 != run.digits[count - 1] }
        }
    }
}
