extension OwnWords {
    /// Ratings of words of everyday judgement, for words that no other source rates.
    static let general = """
        -3.0 abhorrent detestable deplorable despicable vile revolting repulsive repugnant sickening heinous loathsome
        -3.0 worthless unbearable intolerable insufferable excruciating dreadful godawful crappy shitty craptastic
        -2.6 garbage rubbish trash trashy junk crapware bullshit horrid abomination insulting incompetence negligence
        -2.6 infuriate infuriates enraged irate outraged aghast appalled sickened mortified humiliated traumatised
        -2.4 deceptive deceitful fraudulent dishonest shady sleazy crooked unethical shameless shameful disrespectful
        -2.4 tedious insipid unwatchable unreadable lifeless soulless joyless charmless humorless witless brainless
        -2.4 filthy putrid rancid rotten moldy mouldy infested stinky smelly grimy inedible tasteless disgustingly
        -2.2 mediocre uninspired unoriginal forgettable underwhelming lackluster lacklustre dreary plodding meandering
        -2.2 bland soggy greasy stale overcooked undercooked burnt watery flavorless flavourless lukewarm chewy gristly
        -2.2 flimsy shoddy cheaply rickety wobbly brittle scratched dented chipped ripped torn stained warped botched
        -2.2 incoherent muddled convoluted contrived pretentious pointless mindless senseless meaningless implausible
        -2.2 sloppy lazy careless inept amateurish clumsy disorganized disorganised unorganized chaotic messy unclean
        -2.2 inattentive uncaring heartless indifferent arrogant snobby snotty hostile impolite discourteous patronizing
        -2.0 overrated overhyped overlong overblown overdone heavyhanded cliched cliche derivative formulaic predictable
        -2.0 clunky cumbersome finicky temperamental sluggish unresponsive choppy jerky glitch glitches bug bugs bugged
        -2.0 malfunction malfunctions malfunctioned malfunctioning defect defects fails faulted crashed freezes froze
        -2.0 uncomfortable painful sore itchy cramped noisy deafening blurry grainy muffled garbled tinny staticky dim
        -2.0 unsafe dangerous hazardous contaminated toxic leak leaks leaked leaky overheats overheating smoking sparks
        -2.0 regret regretted regrettable disappoints letdown dissatisfying unsatisfying unsatisfactory substandard subpar
        -2.0 unfair unjust unreasonable excessive exorbitant extortionate overcharge overcharging unauthorised unauthorized
        -1.8 flawed patchy uneven inconsistent inaccurate misleadingly incomplete insufficient inadequate deficient
        -1.8 boring bored dull drab monotonous repetitive slow-moving draggy drags dragged dragging yawn snooze sappy
        -1.8 cheesy corny campy tacky gaudy ugly unattractive hideous awkward stilted wooden stiff cringeworthy cringe
        -1.8 ignoring ignores neglected neglect forgot forgotten misplaced mishandled misplacing mixup overbooked bumped
        -1.8 useles unusably unworkable unsuitable unfit unstable unpredictable undependable unsupported obsolete outdated
        -1.8 stress stressed stressful exhausting exhausted overwhelmed anxious worried nervous panicking desperate
        -1.6 ugh argh grr meh yikes jeez sheesh smh ffs wth boo eww yuck gross blah duh dammit darn crap screwed
        -1.6 skip returned returning sucks sucked sucky lame bogus dumb silly stupidly idiotic moronic nonsensical
        -1.6 aggravating aggravated irritating irritated irked bothersome tiresome vexing maddening exasperating
        -1.4 pricy costly stingy skimpy meager meagre puny tiny thin shallow hollow superficial sparse bare lacking
        -1.4 declined unable unavailable outage outages downtime backlog backordered stalled stalling postponed suspended
        -1.2 iffy questionable dubious doubtful skeptical wary uncertain unsure unclear ambiguous vague odd
        1.2 decent adequate acceptable passable okay satisfactory reasonable affordable inexpensive bargain convenient
        1.4 handy useful practical simple straightforward clear concise neat tidy clean crisp quiet roomy spacious
        1.6 sturdy durable solid reliable dependable consistent stable accurate precise versatile compact lightweight
        1.6 intuitive seamless seamlessly effortless hassle-free responsive speedy swift timely promptly punctual
        1.8 comfy comfortable cozy cosy tasty yummy juicy tender flavorful flavourful crispy fresh refreshing savory
        1.8 attentive welcoming hospitable considerate thoughtful gracious accommodating understanding caring respectful
        1.8 entertaining amusing funny humorous hilarious witty clever smart insightful thoughtful engaging absorbing
        2.0 gripping riveting compelling engrossing captivating mesmerizing mesmerising spellbinding enthralling moving
        2.0 heartfelt touching poignant tender heartwarming uplifting inspiring inspired stirring soulful lyrical intimate
        2.0 fresh inventive imaginative original innovative daring ambitious stylish sleek elegant graceful polished
        2.0 impressive remarkable memorable unforgettable timeless classic notable noteworthy accomplished masterful
        2.2 delicious scrumptious mouthwatering divine heavenly delectable delish delightfully charmingly beautifully
        2.2 gorgeous stunning breathtaking dazzling exquisite radiant luminous vivid lush sumptuous picturesque
        2.2 recommend recommended recommending must-see must-have bargain treasure gem winner keeper standout
        2.4 flawless flawlessly impeccable impeccably faultless seamless superbly brilliantly magnificently marvelously
        2.6 phenomenal exceptional extraordinary incredible magnificent marvelous marvellous spectacular stellar sublime
        2.6 thrilled ecstatic overjoyed elated blissful stoked euphoric amazed astonished wowed blown-away unbeatable
        2.8 masterpiece perfection excellently unmatched unrivaled unparalleled tremendous
        1.6 yay woohoo woot hooray hurray wow yum aww kudos bravo props cheers congrats congratulations yup
        1.4 laughed laughing chuckle giggle grinning smiled enjoyable enjoyably pleasantly pleasing nicely gladly
        """
}
