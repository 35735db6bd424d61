import Sentiment

/// Words that modify others, and ratings of words of customer service, compiled by this project.
enum OwnWords {
    /// Negators, words of contrast, and boosters.
    static let roles: [(String, Lexicon.Role)] =
        list(negators).map { ($0, .negator) } + list(contrasts).map { ($0, .contrast) }
        + list(strengthening).map { ($0, .booster(1.3)) } + list(weakening).map { ($0, .booster(0.7)) }

    /// Ratings from -4 to 4, which replace other ratings of the same word.
    static let ratings = rated(words + "\n" + symbols)

    /// Ratings from -4 to 4 for words that no other source rates.
    static let fallbackRatings = rated([general, feelings, service].joined(separator: "\n"))

    private static func rated(_ text: String) -> [(String, Float)] {
        text.split(whereSeparator: \.isNewline).flatMap { line in
            let fields = line.split(separator: " ")
            guard let first = fields.first, let rating = Float(first) else { return [(String, Float)]() }
            return fields.dropFirst().map { (String($0), rating) }
        }
    }

    private static func list(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }

    private static let negators = """
        not no never none nobody nothing neither nor nowhere cannot cant dont doesnt didnt isnt arent wasnt werent wont
        wouldnt couldnt shouldnt havent hasnt hadnt mustnt neednt aint without nt hardly barely scarcely rarely seldom lack
        lacks lacking lacked nope dnt
        """

    private static let contrasts = "but however although though yet except nevertheless nonetheless"

    private static let strengthening = """
        very really so soo vry rly extremely absolutely totally completely incredibly highly super too utterly deeply especially
        particularly truly exceptionally insanely ridiculously fucking freaking frickin bloody damn hella way most
        entirely thoroughly purely quite pretty more much such seriously terribly awfully beyond always
        """

    private static let weakening = """
        somewhat slightly little bit kinda kind sort sorta fairly rather almost marginally occasionally partly mildly less
        moderately sometimes
        """

    private static let words = """
        -3.2 scam scammed scammer scammers fraudsters swindled conned ripoff thieves crooks robbery extortion
        -3.0 appalling atrocious abysmal disgraceful shambles unacceptable infuriating livid furious fuming disgusted
        -2.6 useless incompetent clueless joke farce nightmare fiasco pathetic unprofessional rude condescending
        -2.4 ridiculous outrageous frustrating frustrated unhelpful dismissive ignored misled misleading lied liars
        -2.2 overcharged unresolved faulty defective hopeless infuriated fobbed stonewalled mistreated
        -2.0 disappointed disappointing annoyed annoying dissatisfied unhappy unsatisfied complaint complaints upset
        -1.8 broken damaged cracked leaking dead stuck fault crashes crashing glitchy buggy laggy unreliable
        -1.7 delayed delays late overdue missing lost stranded cancelled canceled rejected denied refused undelivered
        -1.5 waiting waited wasted waste unusable inaccessible nonsense runaround disconnected unanswered slow
        -1.3 wrong incorrect error errors failed fails failing failure issue issues problem problems trouble
        -1.1 confused confusing unclear complicated inconvenient inconvenience unfortunately hassle
        -0.8 expensive overpriced pricey escalate supervisor manager refund lawyer ombudsman regulator
        -0.6 still again already
        1.2 resolved fixed sorted works working solved
        1.5 helpful polite friendly quick prompt smooth smoothly easy courteous knowledgeable efficient responsive
        1.8 thanks thank appreciate appreciated grateful pleased patient
        2.2 lovely great wonderful brilliant lifesaver
        2.8 excellent fantastic amazing outstanding superb awesome perfect delighted
        """

    private static let symbols = """
        3.0 😍 🥰 🤩 ❤ 💖 💗 💕 🎉 🥳 😻 💯 🏆
        2.3 😀 😃 😄 😁 😊 😇 ☺ 😂 🤣 👏 🙌 👍 💪 ✨ 🌟 ⭐ 💙 💚 💛 💜 😘 🤗 😎 🙏
        1.3 🙂 😉 😋 😜 🤝 👌 ✅ 😅 🔥 🎁
        -1.2 😐 😕 🙁 😬 😒 🙄 😔 😟 🤔 ⚠ ❌ 🤨 😑 ⏳ 😓 😩
        -2.0 😞 😢 😣 😖 😫 😥 😰 😨 🤦 🤷 👎 😪 🥺 💔 ☹
        -2.8 😠 😡 🤬 😤 😭 🤮 🤢 💩 🖕 😾 👿
        """
}
