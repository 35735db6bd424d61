import FrontlineProtocol
import Vocabulary

/// A contact while it is written: the plan, and what the product has answered so far.
final class ContactRun {
    let plan: PlannedContact
    /// The draws of what people do in it.
    var dice: Dice
    /// The number of the agent who leads it now.
    var agent: Int
    var isOpen = false
    var session: ScriptSessionState?
    /// The steps of the script that were left behind.
    var steps = 0
    /// The alerts that somebody has heard of.
    var alerts: Set<String> = []
    /// The articles that were suggested and looked at.
    var opened: Set<String> = []

    init(_ plan: PlannedContact, seed: UInt64) {
        self.plan = plan
        dice = Dice(seed, .reaction, UInt64(plan.number))
        agent = plan.agent
    }

    /// The moment of a second of the contact.
    func moment(_ second: Int) -> Int64 { plan.at + Int64(second) * 1_000_000 }
}

/// What happens at a moment of the history.
enum HistoryTask {
    case hire(Int)
    case leave(Int)
    case release(PlannedRelease)
    case open(ContactRun)
    case turn(ContactRun, Int)
    case feedback(ContactRun, article: String)
    case search(ContactRun)
    case verdict(ContactRun, article: String, query: String, ArticleVerdict, comment: String?)
    case startScript(ContactRun)
    case advance(ContactRun)
    case transfer(ContactRun)
    case request(ContactRun)
    case work(ContactRun)
    case close(ContactRun)
    case acknowledge(ContactRun, alert: String, lead: Int)
    case reply(ContactRun, alert: String, lead: Int)
    case resolve(alert: String, lead: Int, AlertOutcome)
    case decide(ContactRun, resolution: String, isDirect: Bool)
    case settle(resolution: String, SettlementResult)
    case claim(item: String, owner: Int, ContactRun)
    case complete(item: String, kind: String, owner: Int, ContactRun)
    case reportGap(article: String, ContactRun)
    case round(Int64)
}
