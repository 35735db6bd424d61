extension Scanner {
    /// A telephone number by its shape: how many of the run's digits belong to it.
    func phone(_ run: NumberRun) -> (RedactionKind, Int)? {
        guard run.count >= 7, !run.isSpoken, !isDate(run) else { return nil }
        let count = international(run) ?? northAmerican(run) ?? national(run)
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

    /// North American: 3-3-4 with separators, area code from 2, perhaps after a 1.
    private func northAmerican(_ run: NumberRun) -> Int? {
        let lead = run.digits[0] == 1 && run.count >= 11 && run.isBoundary(1) ? 1 : 0
        let count = lead + 10
        guard mayEnd(run, count), run.digits[lead] >= 2, Set(run.digits[lead..<count]).count > 1 else { return nil }
        let wanted = (lead == 1 ? [1] : []) + [3, 3, 4]
        guard run.groups(count) == wanted || run.groups(count, strong: true) == wanted else { return nil }
        return count
    }

    /// National with a leading zero: 9 to 12 digits in groups of two or more, or a British mobile in one piece.
    private func national(_ run: NumberRun) -> Int? {
        guard run.digits[0] == 0, run.digits[1] != 0 else { return nil }
        for count in (9...12).reversed() where mayEnd(run, count) {
            let groups = run.groups(count)
            if groups.count == 1 {
                if count == 11, run.digits[1] == 7 { return count }
            } else if groups[0] >= 2, groups[0] <= 6, count - groups[0] >= 5,
                groups.dropFirst().allSatisfy({ $0 >= 2 }), isUniform(run, groups)
            {
                return count
            }
        }
        return nil
    }

    /// Whether one kind of separator stands between all groups after the first.
    private func isUniform(_ run: NumberRun, _ groups: [Int]) -> Bool {
        var index = groups[0]
        var gaps: Set<NumberRun.Gap> = []
        for length in groups.dropFirst() {
            if index > groups[0] { gaps.insert(run.gap(index)) }
            index += length
        }
        return gaps.count <= 1
    }
}
