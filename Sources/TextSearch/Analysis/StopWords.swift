/// Function words, which are ignored in ranking but keep their positions in phrases.
enum StopWords {
    /// The function words of a primary language without accents; empty if there are none.
    static func of(_ language: String) -> Set<String> {
        sets[language] ?? []
    }

    private static let sets: [String: Set<String>] = [
        "en": english, "de": german, "fr": french, "es": spanish, "it": italian, "pt": portuguese, "nl": dutch,
    ].mapValues { Set($0.split(whereSeparator: \.isWhitespace).map { WordAnalyzer.folded(String($0)) }) }

    private static let english = """
        a an the this that these those i me my mine myself we us our ours ourselves you your yours yourself yourselves
        he him his himself she her hers herself it its itself they them their theirs themselves
        am is are was were be been being have has had having do does did doing done
        can could may might must shall should will would
        and or but nor so yet if then than as at by for from in into of off on onto out over to too up with within
        about above after again against all also any because before below between both during each few further here
        how however just more most no not now only other own same some such there through under until upon very
        what when where which while who whom whose why without
        don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't cannot couldn't shouldn't haven't hasn't
        hadn't i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'd we'll they're they've
        they'd they'll that's there's here's what's where's who's how's let's
        dont doesnt didnt isnt arent wasnt wont wouldnt cant im ive id
        """

    private static let german = """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner
        ich mich mir du dich dir er ihn ihm sie es wir uns ihr euch ihnen sich man mein meine meinen meinem meiner
        dein deine sein seine seinen seinem seiner ihre ihren ihrem ihrer unser unsere unseren euer eure
        bin bist ist sind seid war waren wird werden wurde wurden worden habe hast hat haben hatte hatten
        kann kannst können könnte könnten muss müssen soll sollen sollte darf dürfen will wollen möchte würde würden
        und oder aber sondern denn weil dass daß ob wenn als wie so auch noch nur schon doch nicht nichts ja nein
        in im an am auf aus bei beim mit nach von vom vor zu zum zur für über unter um durch gegen ohne bis seit
        zwischen während wegen da dort hier dann nun sehr mehr alle allem allen aller alles
        was wer wen wem wessen wo wann warum wieso welche welcher welches welchen dieser diese dieses diesem diesen
        jener jene jenes jede jeder jedes jedem jeden etwas
        """

    private static let french = """
        le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur
        leurs je j me m moi tu te t toi il elle on nous vous ils elles se s soi lui eux y en
        suis es est sommes êtes sont étais était étaient été être sera serait ai as a avons avez ont avait avaient eu
        avoir aura aurait fait faire peut peux peuvent pouvez doit dois doivent
        et ou mais donc or ni car que qu qui quoi dont où si comme quand pourquoi comment combien
        quel quelle quels quelles lequel laquelle ne n pas plus moins aussi très trop bien même tout tous toute toutes
        à dans par pour sur sous avec sans chez entre vers depuis pendant avant après contre
        ça ceci cela c d l là ici puis alors
        """

    private static let spanish = """
        el la los las lo un una unos unas al del de a ante bajo con contra desde durante en entre hacia hasta para por
        según sin sobre tras y e o u ni pero sino aunque porque pues si como cuando donde que quien quienes cual cuales
        qué quién cuál cuáles cómo cuándo dónde cuánto cuánta cuántos
        yo me mí tú te ti él ella ello nosotros vosotros ellos ellas usted ustedes se sí le les nos os
        mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra
        este esta esto estos estas ese esa eso esos esas aquel aquella aquello
        soy eres es somos son era eran fue fueron ser sido estoy está están estaba estar he has ha hemos han había
        haber hay hace puedo puede pueden debo debe deben tengo tiene tienen
        no más menos muy ya también tampoco tan tanto todo toda todos todas otro otra otros otras
        """

    private static let italian = """
        il lo la i gli le un uno una del dello della dei degli delle al allo alla ai agli alle dal dalla nel nella nei
        sul sulla di a da in con su per tra fra e ed o ma se che chi cui come quando dove perché quale quali quanto
        io mi me tu ti te lui lei noi ci voi vi loro si mio mia tuo tua suo sua nostro vostro
        questo questa questi queste quello quella sono sei è siamo siete era erano essere stato ho hai ha abbiamo avete
        hanno avere posso può possono devo deve non più meno molto anche già
        """

    private static let portuguese = """
        o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sobre entre até desde
        e ou mas nem se que quem qual quais como quando onde porque
        eu me mim tu te ele ela nós vós eles elas você vocês lhe lhes meu minha teu tua seu sua nosso nossa
        este esta isto esse essa isso aquele aquela sou é somos são era foi ser sido estou está estão estar
        tenho tem têm ter há posso pode podem devo deve não mais menos muito também já
        """

    private static let dutch = """
        de het een der des van in op aan bij met naar uit voor over onder om door tegen zonder tot tussen te
        en of maar want dus als dan dat die dit deze wie wat waar wanneer waarom hoe welke
        ik me mij mijn jij je jou jouw hij hem zijn zij ze haar wij we ons onze jullie hun u uw zich men
        ben bent is zijn was waren wordt worden werd heb hebt heeft hebben had hadden kan kunnen moet moeten mag mogen
        wil willen zal zullen niet geen wel ook nog al er hier daar zo meer zeer
        """
}

/// The terms under which the function words of titles and asked phrases are indexed.
///
/// In running text function words occur everywhere and do not discriminate. In a title they distinguish one question
/// from another: "where is my order" from "cancel an order". So the function words of titles and asked phrases are
/// indexed a second time, under separate terms that no word of a text can have.
enum FunctionTerm {
    /// The fields whose function words are indexed.
    static let fields: Set<SearchField> = [.title, .asked]

    /// The term of a function word, which is given in lower case without accents.
    static func of(_ surface: String) -> String { "\u{1}" + surface }
}

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
