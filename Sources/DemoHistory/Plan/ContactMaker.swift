/// Makes one contact of what is known before it begins.
struct ContactMaker {
    let story: Story
    let topic: Story.Topic?
    let topicName: String
    let incident: DatedIncident?
    /// The releases about the topic that are in force.
    let effects: [Story.Release]
    let skill: Double
    let person: Person
    let customer: Customer
    /// The numbers of the others of the team who work on the day.
    let colleagues: [Int]

    /// How the channel changes the time.
    private static let channelPace = ["phone": 1.0, "chat": 1.2, "email": 1.7]
    /// An incident takes more time, too.
    private static let (incidentPace, incidentAdherence) = (1.12, -0.1)
    private static let timeSpread = 0.34
    private static let (shortest, longest) = (45, 5_400)
    private static let searchShare = 0.42

    func contact(
        number: Int,
        id: String,
        at: Int64,
        agent: Int,
        continues: String?,
        _ dice: inout Dice
    ) -> PlannedContact {
        let channel = dice.name(story.channels)
        let speaksGerman = customer.speaksGerman && topic?.says["de"] != nil && story.says["de"] != nil
        let locale = speaksGerman ? "de" : "en"
        let mood = mood(isBack: continues != nil, &dice)
        let isResolved = dice.chance(chanceOfResolution(mood, isBack: continues != nil))
        let seconds = seconds(channel, &dice)
        let order = "OH-26-\(String(1_000_000 + dice.below(900_000)).dropFirst())"
        let dialogue = Dialogue(
            story: story,
            topic: topic,
            incident: incident?.incident,
            locale: locale,
            slots: slots(order, &dice),
            isShort: channel == "email"
        )
        return PlannedContact(
            number: number,
            id: id,
            at: at,
            seconds: seconds,
            topic: topicName,
            team: topic?.team ?? "",
            agent: agent,
            customer: customer,
            channel: channel,
            locale: locale,
            mood: mood,
            isResolved: isResolved,
            continues: continues,
            incident: incident?.name,
            order: order,
            code: topic?.code ?? "",
            turns: dialogue.turns(
                mood,
                isResolved: isResolved,
                isBack: continues != nil,
                warmth: skill,
                seconds: seconds,
                &dice
            ),
            search: search(seconds, &dice),
            script: script(channel, seconds, &dice),
            request: request(seconds, &dice),
            work: work(isResolved: isResolved, seconds, &dice),
            transfer: transfer(seconds, &dice)
        )
    }

    private func mood(isBack: Bool, _ dice: inout Dice) -> Mood {
        var weights = incident?.incident.moods ?? story.moods
        // Who comes again about the same thing is less patient.
        if isBack { weights = [weights[0] * 0.55, weights[1], weights[2] * 1.8] }
        return Mood.allCases[dice.index(weights)]
    }

    private func chanceOfResolution(_ mood: Mood, isBack: Bool) -> Double {
        let usual = (topic?.resolved ?? 0) + 0.3 * (skill - 0.6) + person.care
        let harder = (incident?.incident.resolved ?? 0) + (mood == .angry ? -0.06 : 0) + (isBack ? 0.08 : 0)
        return min(0.97, max(0.05, usual + harder))
    }

    private func seconds(_ channel: String, _ dice: inout Dice) -> Int {
        var seconds = (topic?.seconds ?? 300) * Learning.pace(skill) * person.pace * dice.spread(Self.timeSpread)
        seconds *= Self.channelPace[channel] ?? 1
        if incident != nil { seconds *= Self.incidentPace }
        for effect in effects { seconds *= effect.seconds ?? 1 }
        return min(Self.longest, max(Self.shortest, Int(seconds)))
    }

    private func slots(_ order: String, _ dice: inout Dice) -> [String: String] {
        let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
        return [
            "name": customer.name, "order": order, "product": dice.pick(story.products), "phone": customer.phone,
            "amount": "\(dice.within(4...180)).\(["00", "50", "90"][dice.below(3)])", "days": "\(dice.within(2...7))",
            "day": dice.pick(weekdays), "email": customer.email,
            "agent": person.name.split(separator: " ").first.map(String.init) ?? person.name,
        ]
    }

    private func search(_ seconds: Int, _ dice: inout Dice) -> PlannedContact.Search? {
        // Beginners look up more.
        guard let topic, dice.chance(Self.searchShare * (1.3 - 0.5 * skill)) else { return nil }
        let isGap = dice.chance(0.03)
        let isUsed = !isGap && dice.chance(0.5 + 0.3 * skill)
        let complaint = !isUsed && dice.chance(0.03) ? dice.pick(story.comments) : nil
        return PlannedContact.Search(
            second: max(2, seconds * 35 / 100),
            query: isGap ? dice.pick(story.gaps) : dice.pick(topic.search),
            answers: topic.articles,
            isUsed: isUsed,
            complaint: isGap ? nil : complaint
        )
    }

    private func script(_ channel: String, _ seconds: Int, _ dice: inout Dice) -> PlannedContact.Script? {
        guard let script = topic?.script, channel != "email", dice.chance(script.share) else { return nil }
        let closer = effects.compactMap(\.adherence).reduce(incident == nil ? 0 : Self.incidentAdherence, +)
        let follows = dice.chance(min(0.98, 0.56 + 0.26 * skill + closer))
        return PlannedContact.Script(
            second: max(3, seconds * 30 / 100),
            id: script.id,
            leavesAfter: follows ? nil : dice.within(1...4)
        )
    }

    private func request(_ seconds: Int, _ dice: inout Dice) -> PlannedContact.Request? {
        guard let request = topic?.request, dice.chance(request.share) else { return nil }
        return PlannedContact.Request(
            second: max(4, seconds * 60 / 100),
            action: request.action,
            reason: request.reason,
            amount: dice.pick(request.amounts)
        )
    }

    private func work(isResolved: Bool, _ seconds: Int, _ dice: inout Dice) -> PlannedContact.Work? {
        guard let work = topic?.work, dice.chance(work.share * (isResolved ? 0.5 : 2)) else { return nil }
        return PlannedContact.Work(second: max(5, seconds * 92 / 100), kind: work.kind)
    }

    private func transfer(_ seconds: Int, _ dice: inout Dice) -> PlannedContact.Transfer? {
        // Beginners hand over more.
        guard !colleagues.isEmpty, dice.chance(story.transfers * (1.6 - 0.9 * skill)) else { return nil }
        return PlannedContact.Transfer(
            second: max(4, seconds / 2),
            to: dice.pick(colleagues),
            reason: dice.pick(story.transferReasons)
        )
    }
}
