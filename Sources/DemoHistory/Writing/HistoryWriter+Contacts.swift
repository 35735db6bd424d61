import Access
import FrontlineProtocol
import Vocabulary

/// What customers and agents say and do in a contact.
extension HistoryWriter {
    private static let (suggestionUse, dismissal) = (0.3, 0.05)
    /// A contact's last turn comes before its end, whatever was planned.
    private static let closingSeconds = 1

    /// Who leads a contact now.
    func leader(of run: ContactRun) throws -> Principal {
        guard let principal = principals[run.agent] else {
            throw HistoryError("\(plan.roster.people[run.agent].subject) has left in the middle of \(run.plan.id)")
        }
        return principal
    }

    func open(_ run: ContactRun) async throws {
        let contact = run.plan
        let customer: JSON = [
            "id": .string(contact.customer.id), "name": .string(contact.customer.name),
            "segment": .string(contact.customer.segment), "country": .string(contact.customer.country),
            "first_order": .string(contact.customer.firstOrder),
        ]
        _ = try await must(
            ConversationOpen.self,
            .init(
                conversationId: contact.id,
                channel: contact.channel,
                agent: try leader(of: run).subject,
                customer: customer,
                locale: contact.locale,
                externalIds: ["telephony": "acd-\(contact.number)"],
                continues: contact.continues,
                tags: [contact.topic] + (contact.incident.map { [$0] } ?? [])
            ),
            as: telephony
        )
        run.isOpen = true
        report.contacts += 1
        didOpen()
        fingerprint.add(contact.id)
        for (index, turn) in contact.turns.enumerated() { agenda.add(.turn(run, index), at: run.moment(turn.second)) }
        if let search = contact.search { agenda.add(.search(run), at: run.moment(search.second)) }
        if let script = contact.script { agenda.add(.startScript(run), at: run.moment(script.second)) }
        if let request = contact.request { agenda.add(.request(run), at: run.moment(request.second)) }
        if let work = contact.work { agenda.add(.work(run), at: run.moment(work.second)) }
        if let transfer = contact.transfer { agenda.add(.transfer(run), at: run.moment(transfer.second)) }
        let last = contact.turns.last?.second ?? 0
        agenda.add(.close(run), at: run.moment(max(contact.seconds, last + Self.closingSeconds)))
    }

    /// Calls are written down by the recogniser of the telephone system, what is typed by the desktop of the agent.
    func observe(_ run: ContactRun, _ index: Int) async throws {
        let turn = run.plan.turns[index]
        let agent = try leader(of: run)
        let isCall = run.plan.channel == "phone"
        let observed = try await must(
            ConversationObserve.self,
            .init(
                conversationId: run.plan.id,
                speaker: turn.speaker,
                text: turn.text,
                turnId: "t\(index + 1)",
                onBehalfOf: isCall ? agent.subject : nil
            ),
            as: isCall ? telephony : agent
        )
        report.turns += 1
        fingerprint.add("\(observed.turn) \(observed.mood.now) \(observed.alerts.count)")
        for alert in observed.alerts where run.alerts.insert(alert).inserted { heed(alert, of: run) }
        guard turn.speaker == .customer, let article = observed.suggestions.first?.articleId else { return }
        fingerprint.add(article)
        guard run.opened.insert(article).inserted, run.dice.chance(Self.suggestionUse) else { return }
        agenda.add(.feedback(run, article: article), at: later(Double(run.dice.within(3...15))))
    }

    func useSuggestion(_ run: ContactRun, _ article: String) async throws {
        guard run.isOpen else { return }
        let verdict: OfferVerdict = run.dice.chance(Self.dismissal) ? .dismissed : .used
        _ = try await may(
            AssistFeedback.self,
            .init(conversationId: run.plan.id, articleId: article, verdict: verdict),
            as: try leader(of: run)
        )
    }

    func search(_ run: ContactRun) async throws {
        guard run.isOpen, let search = run.plan.search else { return }
        let found = try await must(
            KnowledgeSearch.self,
            .init(query: search.query, limit: 5, locale: run.plan.locale, conversationId: run.plan.id),
            as: try leader(of: run)
        )
        report.searches += 1
        let hit = found.hits.first { search.answers.contains($0.articleId) } ?? found.hits.first
        fingerprint.add("\(found.hits.count) \(hit?.articleId ?? "")")
        guard let hit else { return }
        func add(_ verdict: ArticleVerdict, _ comment: String?, after seconds: Int) {
            agenda.add(
                .verdict(run, article: hit.articleId, query: found.queryId, verdict, comment: comment),
                at: later(Double(seconds))
            )
        }
        if search.isUsed { add(.used, nil, after: run.dice.within(5...25)) }
        if let complaint = search.complaint {
            add(run.dice.chance(0.5) ? .outdated : .notHelpful, complaint, after: run.dice.within(10...30))
        }
    }

    func judge(
        _ run: ContactRun,
        _ article: String,
        _ query: String,
        _ verdict: ArticleVerdict,
        _ comment: String?
    ) async throws {
        let params = KnowledgeFeedback.Params(
            articleId: article,
            queryId: query,
            conversationId: run.plan.id,
            verdict: verdict,
            comment: comment
        )
        guard try await may(KnowledgeFeedback.self, params, as: try leader(of: run)) != nil, comment != nil else {
            return
        }
        agenda.add(.reportGap(article: article, run), at: later(Double(run.dice.within(1...20)) * 3_600))
    }

    func transfer(_ run: ContactRun) async throws {
        guard run.isOpen, let transfer = run.plan.transfer, let colleague = principals[transfer.to] else { return }
        let done = try await may(
            ConversationTransfer.self,
            .init(
                conversationId: run.plan.id,
                to: .init(agent: colleague.subject, team: run.plan.team),
                reason: transfer.reason
            ),
            as: try leader(of: run)
        )
        if done != nil { run.agent = transfer.to }
    }

    func close(_ run: ContactRun) async throws {
        try await endScript(run)
        _ = try await must(
            ConversationClose.self,
            .init(
                conversationId: run.plan.id,
                disposition: ConversationDisposition(code: run.plan.code, resolved: run.plan.isResolved)
            ),
            as: try leader(of: run)
        )
        run.isOpen = false
        didClose()
    }
}
