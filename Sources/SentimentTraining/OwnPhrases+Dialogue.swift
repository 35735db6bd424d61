extension OwnPhrases {
    /// Turns of a dialogue that correct, decline, repeat or accept.
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
        -0.5 i just need the number
        -0.6 i just want to know
        -0.7 are you sure
        -0.7 are you sure about that
        -0.6 can you check again
        -0.6 could you check again please
        -0.6 can you try again
        -0.5 please try another one
        -0.4 is there anything else available
        -0.4 do you have something different instead
        -0.4 any other options
        -0.6 is there no other option
        -0.6 there must be something
        -0.8 that is too bad
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
        0.2 yes that is correct
        0.2 okay
        0.3 ok that works
        0.5 that works for me
        0.5 that sounds fine
        0.8 sounds good
        1.2 sounds great
        0.8 yes that would be great
        1.0 perfect
        1.0 great
        1.0 that is exactly what i need
        1.2 that helps a lot
        1.0 thank you
        1.2 thank you so much
        1.4 thank you very much for your help
        1.2 thanks for all your help
        1.2 you have been very helpful
        1.4 you've been a great help
        0.8 that is all i need thank you
        0.7 no that is all thanks
        0.7 no thanks that will be all
        0.7 that's everything thanks bye
        0.6 goodbye
        0.6 have a nice day
        0.8 have a good day
        0.3 no problem
        0.3 no worries
        0.5 sure go ahead
        0.3 yes book it please
        """
}
