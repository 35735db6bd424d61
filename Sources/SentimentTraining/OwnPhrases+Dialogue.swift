extension OwnPhrases {
    /// Dialogue turns that correct, decline, repeat or accept.
    static let dialogue = """
        -0.9 no that is wrong
        -0.9 no that is not right
        -0.9 that is not correct
        -0.9 that's incorrect
        -0.7 no i said monday
        -0.8 i said the other one
        -0.6 no i need it for tomorrow
        -0.6 no i meant
        -0.5 actually i need
        -0.5 i actually asked for something else
        -0.7 are you sure
        -0.7 are you sure about that
        -0.6 could you check again please
        -0.4 do you have something different instead
        -0.4 any other options
        -0.6 is there no other option
        -0.8 that's a shame
        -0.7 that does not work for me
        -0.6 that is too expensive for me
        -0.5 can you repeat that
        -0.5 i did not get that
        -0.7 i don't understand
        -0.6 what do you mean
        -0.7 you did not answer my question
        -0.8 you still have not answered my question
        -0.5 i also asked for the address
        -0.6 what about my other question
        -0.7 why not
        -0.7 what happened
        -0.3 sorry i made a mistake
        -0.5 nevermind
        -0.5 never mind
        -0.5 forget it
        -0.3 maybe not
        -0.3 not really
        -0.2 not yet
        -0.3 i guess
        -0.3 i guess so
        -0.5 if that is all you have
        -0.6 hello
        0.0 hello?
        0.2 yes please
        0.2 okay
        0.3 ok that works
        0.5 that sounds fine
        0.8 sounds good
        1.2 sounds great
        1.0 perfect
        1.0 great
        1.2 that helps a lot
        1.0 thank you
        0.7 no thanks that will be all
        0.7 that's everything thanks bye
        0.6 goodbye
        0.3 no problem
        0.3 no worries
        0.5 sure go ahead
        -0.5 i said before
        -0.5 no not that one
        -0.5 you did not tell me the price
        -0.5 what about the phone number
        -0.5 i still need the address
        -0.5 so there is nothing available
        -0.5 nothing at all
        -0.5 please look again
        -0.5 why is that
        -0.6 so you cannot help me
        -0.6 you can't do that
        -0.7 i don't think that is right
        -0.6 that does not sound right
        -0.7 that isn't what i wanted
        -0.5 let me rephrase
        -0.5 let me say it again
        -0.5 once again
        -0.4 how about another day then
        -0.4 well then try something cheaper
        -0.4 is there really nothing
        -0.8 forget it i will call someone else
        -0.6 i will look elsewhere
        -0.6 hello are you there
        -0.7 what
        -0.5 huh
        -0.9 oh no
        -0.9 oh my god no
        -0.9 oh come on
        -1.2 damn it
        -1.0 what a mess
        -1.2 i am so tired of this
        -0.9 i am worried
        -0.9 i'm scared
        -1.2 i'm so sad
        -1.4 i hate this
        -1.4 i hate you
        -1.2 leave me alone
        -1.2 shut up
        -1.0 get out
        -0.8 i miss him
        -0.8 i can't do this
        -0.7 i'm not sure i can
        -0.7 it's not fair
        1.4 oh my god that's so great
        1.4 that is so cool
        1.2 that's awesome
        1.2 good for you
        1.4 congratulations
        1.2 i'm so happy for you
        1.2 i'm glad to hear that
        1.0 nice to meet you
        1.0 welcome
        0.8 of course
        0.8 absolutely
        0.8 definitely
        0.6 that's true
        0.6 you're right
        0.8 good idea
        1.0 i'd love to
        1.0 wow
        1.2 wow that was fast
        0.8 yay
        1.0 that's really kind of you
        0.8 i'm fine
        0.8 it's okay don't worry about it
        0.8 no rush
        0.8 take your time
        -0.5 no not the grey one the black one
        -0.6 i meant the other invoice
        -0.5 you have the wrong address there
        -0.6 that was not the model i named
        -0.6 so the repair is not covered then
        -0.5 could you look that up once more
        -0.5 is there nothing sooner
        -0.6 that is later than i hoped
        -0.5 then leave the installation out
        -0.5 i would rather have someone call me
        """
}
