extension OwnWords {
    /// More words that no other source rates: feelings, character, art, goods, work and public life.
    static let feelings = """
        -2.8 cruelly monstrous monstrosity sadistic barbaric savagely depraved obscene grotesque nauseating nauseous
        -2.6 heartbroken devastated crushed shattered inconsolable anguished tormented despairing grieving bereaved
        -2.4 miserably dismally woefully painfully horribly horrendously hideously atrociously abysmally disastrously
        -2.4 catastrophe calamity debacle trainwreck shitshow dumpster clusterfuck turd crapfest snoozefest stinker flop
        -2.2 bombs flopped tanked backfired collapsed crumbles unravels derailed disintegrates implodes misfire misfires
        -2.2 misguided misconceived misbegotten misjudged wrongheaded illconceived ill-advised halfbaked half-baked
        -2.2 excruciatingly agonizingly unbearably insufferably interminable interminably endless endlessly overlong
        -2.0 inane vapid vacuous hackneyed trite banal pedestrian generic stale tired recycled rehash rehashed retread
        -2.0 unfunny unamusing unconvincing unbelievably unlikable unlikeable unsympathetic unpleasant unappealing uninteresting
        -2.0 uninvolving unengaging unremarkable unimaginative unexciting unrealistic unnatural unwieldy unfocused uneventful
        -2.0 unintelligible unintentional unnecessary unneeded unneccessary unwanted unwelcome unkind unfriendly unreasonably
        -2.0 nonsensical illogical laughable laughably preposterous farfetched far-fetched improbable absurdly cartoonish
        -2.0 manipulative exploitative preachy didactic smug condescendingly selfindulgent self-indulgent indulgent bloated
        -2.0 overwrought overacted overplayed overstuffed overproduced overbearing overcomplicated overcooked overworked
        -2.0 simplistic simpleminded shallow superficial onedimensional one-dimensional cardboard flat hollow empty
        -1.8 slack listless lethargic limp inert stagnant static tepid leaden ponderous turgid murky muddy dingy drearily
        -1.8 sentimental saccharine syrupy mawkish maudlin schmaltzy melodramatic hokey cheesy sugary treacly cloying
        -1.8 fails fumbles falters stumbles sags strains stretches struggles flounders wastes squanders squandered lacks
        -1.8 disjointed fragmented jumbled confusingly convolutedly clutter cluttered messily haphazard incoherently erratic
        -1.8 grating shrill whiny whining obnoxious insipidly irritatingly annoyingly frustratingly disappointingly sadly
        -1.8 hateful spiteful vindictive malicious nasty meanspirited mean-spirited petty bitter sour rancorous abrasive
        -1.8 bigoted racist sexist misogynist homophobic prejudiced hypocritical hypocrite hypocrisy cynical bullying bully
        -1.8 greed greedy corrupt corruptly extort bribed bribery cronyism nepotism scandalous scandals fraudster cheat
        -1.8 betray betrays betrayed betraying deceives tricked duped fooled suckered bamboozled swindle swindles lying
        -1.6 injure injuries wounded hurts hurting ache aches aching sickly feverish bleeding bruised broken infected ill
        -1.6 weary fatigue fatigued drained burnout burned sleepless restless jittery tense uneasy troubled distressed
        -1.6 lonely lonesome homesick gloomy glum bleak somber sombre forlorn melancholy mournful downcast dejected blue
        -1.6 embarrassing embarrassed awkwardly humiliating shame ashamed guilty remorse sheepish mortifying red-faced
        -1.6 jealous envious resentful grudging begrudge disdain contempt contemptuous scorn scornful sneer snide sarcastic
        -1.6 poorly badly wrongly unfairly incorrectly improperly carelessly rudely unhelpfully inadequately insufficiently
        -1.6 worsen worsened worsening deteriorate deteriorated deteriorating decline declining slump plunge plummeted
        -1.6 ruin ruins ruining destroys destroying wreck wrecked wrecks spoiled spoils spoilt tarnished marred mars
        -1.4 bother bothers bothering disturb disturbs hindered hampers hampered obstructs impede impedes obstacle obstacles
        -1.4 complained complaining complains gripe gripes griping grumble grumbling moan moaning rant ranting nitpick
        -1.4 overprice gouge gouging priciest unaffordable surcharge surcharges penalty penalties fines
        -1.4 crowded packed overcrowded cramped congested jammed gridlock queue queues lineups understaffed shortstaffed
        -1.4 sticky slimy oily fatty salty bitterly dry rubbery mushy gooey grubby dusty dirty musty tacky smudged
        -1.4 loud clattering rattling buzzing squeaky creaky scratchy staticy crackling hissing distorted lag lags lagging
        -1.4 weak weaker weakest feeble frail flawedly fragile poorest worse worser inferior lesser shabby rundown run-down
        -1.2 avoid avoids avoided avoiding beware warn warned warning caution skip skipped
        -1.2 sigh sighs groan groans shrug eyeroll facepalm cringe cringed gag gagged barf puke vomit yawned snoring
        -1.2 idiot idiots moron morons imbecile fool fools jerk jerks creep creeps weirdo loser losers clown clowns
        -1.2 damned goddamn friggin effing bastard bastards asshole assholes jackass dumbass bitchy screwup piss pissed
        1.2 fine okay alright tolerable suitable appropriate proper fitting apt useful usable workable functional capable
        1.4 pleasant agreeable amiable likable likeable personable sociable warm warmly warmth tender gentle mellow serene
        1.6 lively spirited energetic vibrant zesty peppy bouncy zippy breezy brisk playful frisky spunky sparky perky
        1.6 honest honestly sincere sincerely genuine genuinely authentic truthful candid frank earnest trustworthy loyal
        1.6 skilled skillful skilful skillfully adept expert expertly deft deftly masterly virtuoso talented gifted
        1.8 wit wry droll satirical whimsical quirky offbeat zany goofy madcap uproarious riotous sidesplitting comical
        1.8 believable convincing convincingly credible realistic truthful nuanced subtle subtlety layered complex deep
        1.8 provocative thought-provoking thoughtprovoking illuminating enlightening revealing informative educational insights
        1.8 suspenseful taut thrilling chilling haunting hypnotic atmospheric evocative resonant resonates
        1.8 affecting bittersweet sensitive sensitively compassionate humane humanity empathetic empathy soulfully stirringly
        2.0 enchanting enchanted beguiling bewitching magical magic dreamy lovingly adoring adored adorable endearing charmer
        2.0 triumph triumphs triumphant triumphantly succeeds succeed soars soaring shines shining sparkles sparkling glows
        2.0 treat delights delighting rejoice celebrate celebrates celebratory joyous joyful joyfully exuberant exhilarating
        2.0 ingenious ingeniously inventive inventively clever cleverly originality creativity visionary groundbreaking
        2.0 refreshingly wonderfully superbly splendid splendidly gloriously glorious majestic grand epic monumental
        2.0 pitch-perfect well-acted well-made well-crafted well-written well-done crafted polished refined sophisticated
        2.2 hilariously amusingly entertainingly enjoyably delightfully charmingly elegantly gracefully beautifully powerfully
        2.2 powerful potent forceful vivid intense passionate passionately fearless fearlessly bold boldly courageous brave
        2.2 bestever top-notch topnotch first-rate firstrate world-class worldclass high-quality quality premium superior
        2.2 adore adores cherish cherished treasured beloved favorite favourite favorites faves fave prized revered
        2.0 recommends recommendable worthwhile worthy worth rewarding fulfilling satisfying satisfyingly gratifying enriching
        1.8 improves improving improvement improvements upgraded upgrade better enhanced enhances boosts strengthens
        1.8 generous generously helpfully kindly graciously politely patiently promptly quickly efficiently professionally
        1.8 supportive encouraging encouraged reassuring reassured comforting comforted soothing soothed relieved calming
        1.8 exceeded exceeds exceeding surpassed surpasses outperforms outshines excels excelled excelling
        1.6 smoother faster lighter brighter sharper cleaner easier simpler cheaper stronger quieter safer healthier nicer
        1.6 cute cutest sweet sweetest precious darling pretty prettiest handsome attractive beautifuly stylishly chic
        1.6 healthy nutritious wholesome nourishing fresh freshly organic homemade hearty creamy buttery fluffy moist
        1.6 hope hopes hopefully hopeful optimistic upbeat confident assured eager excitedly enthusiastic enthusiasm keen
        1.6 peace peaceful peacefully harmony harmonious reconcile reconciled cooperation unity united ally allies alliance
        1.6 victory victories wins winning won victorious champion champions championship medal award awards awarded honored
        1.4 haha hahaha hehe lolz lmfao rofl teehee hee muah xoxo hugs bestie homie sweetie yippee yesss yess weee
        """
}
