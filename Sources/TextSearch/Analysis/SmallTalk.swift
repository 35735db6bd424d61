/// Words of a conversation that carry no information about its topic: greetings, politeness, fillers and feelings.
enum SmallTalk {
    /// The words of all languages, folded.
    static let words = Set(
        """
        hi hello hey thanks thank please sorry yes yeah yep okay ok well oh ah um uh hmm right sure great fine good bye
        goodbye actually really basically just like know think mean guess want need tell say said ask asked let see look
        got get getting go going come thing things something anything someone today tomorrow yesterday now time day
        hear repeat moment speak speaking spoke talk talking nice perfect awesome wonderful welcome
        appreciate appreciated
        long take takes taking took ago still way already help helped helpful sir madam guys
        nothing everything somebody anybody lot bit kind maybe perhaps honestly
        terrible awful horrible ridiculous unacceptable disgusting disgrace angry
        annoyed annoying frustrated frustrating upset unhappy disappointed disappointing furious fed worst bad badly stupid joke useless hate pathetic nightmare
        damn hell bloody crap shit fuck fucking love lovely amazing excellent fantastic happy glad
        hallo bitte danke guten tag morgen ja nein gut genau also okay mal eben halt wissen denke glaube moechte gerne
        bonjour merci salut oui non voila bien alors svp hola gracias por favor buenos dias bueno vale
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
