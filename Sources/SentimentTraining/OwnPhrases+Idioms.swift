extension OwnPhrases {
    /// Idioms whose words alone have a different sentiment.
    static let idioms = """
        -1.8 too good to be true
        -1.6 yeah right
        -1.6 oh great
        -1.8 oh great another delay
        -1.8 just great
        -1.6 just what i needed
        -1.6 nice try
        -1.6 good for nothing
        -2.0 less than ideal
        -1.6 could be better
        -1.6 would be nice if it worked
        -1.8 would be great if you answered
        -1.6 i wish it worked
        -1.6 i wish you would
        -1.4 used to be good
        -1.6 used to be great
        -1.6 i thought it would be better
        -1.6 far from perfect
        -1.4 leaves a lot to be desired
        -2.0 a slap in the face
        -2.0 the last straw
        -1.8 up in the air
        -1.8 falling apart
        -2.0 fell apart
        -2.0 rip off
        -2.0 down the drain
        -1.8 let down
        -2.0 let me down
        -1.8 left in the dark
        -1.8 on deaf ears
        -1.8 no use
        -1.6 no longer works
        -1.6 no help at all
        -1.8 not worth it
        -1.8 not worth the money
        -1.8 not helpful
        -1.8 not good
        -1.4 nothing special
        -2.0 nothing works
        -1.6 not as good
        -1.6 no good
        -1.4 better off without
        -1.8 not user friendly
        -1.4 too complicated
        -1.2 i am not sure about this
        -1.6 how disappointing
        1.6 not a problem
        1.6 no problem at all
        1.8 nothing but praise
        2.0 nothing but good things
        2.0 second to none
        1.8 never disappoints
        1.8 never fails
        1.8 never had a problem
        1.8 never had any issues
        1.8 hassle free
        1.8 worry free
        1.8 can't go wrong
        1.8 not to be missed
        1.8 not only good but cheap
        1.8 it's the bomb
        1.8 badass
        1.6 to die for
        1.6 blown away
        1.6 killing it
        1.6 sick beat
        1.8 hats off
        1.8 thumbs up
        -1.8 thumbs down
        """
}
