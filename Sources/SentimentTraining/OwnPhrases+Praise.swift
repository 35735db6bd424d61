extension OwnPhrases {
    /// Praise and relief.
    static let praise = """
        2.0 problem solved
        2.2 you solved my problem
        2.0 it works now
        2.2 it works perfectly
        2.0 working great now
        2.2 all sorted thank you
        2.4 you made my day
        2.6 you are a lifesaver
        2.6 you are the best
        2.6 best customer service
        2.8 best customer service ever
        2.6 best experience ever
        2.4 great customer service
        2.6 excellent service
        2.4 great service as always
        2.2 very helpful staff
        2.2 your agent was so helpful
        2.2 she was very patient with me
        2.2 he went above and beyond
        2.4 above and beyond
        2.0 quick response
        2.2 thanks for the quick response
        2.0 fast delivery
        2.0 arrived early
        2.0 ahead of schedule
        2.0 arrived on time
        2.0 easy to use
        2.0 no issues at all
        2.0 no problems at all
        1.8 no complaints
        2.2 can't complain
        2.2 could not be happier
        2.4 couldn't ask for more
        2.2 highly recommend
        2.4 i would recommend it to everyone
        2.2 worth every penny
        2.2 exceeded my expectations
        2.0 better than expected
        2.2 impressed
        2.2 very impressed
        2.0 glad i called
        2.0 happy with it
        2.2 very happy with the service
        2.0 i am satisfied
        1.8 that was quick
        2.0 that was easy
        2.0 works like a charm
        2.0 so far so good
        2.2 can't wait
        2.0 looking forward to it
        2.0 well done
        2.0 good job
        2.2 great job
        2.4 keep up the good work
        2.2 thank you for fixing it
        2.2 thank you for your patience
        2.2 love it
        2.4 love this company
        2.6 love you guys
        2.4 five stars
        2.0 kudos
        2.2 shout out to the crew
        2.2 much appreciated
        1.8 i appreciate your help
        2.0 thanks for helping me
        1.8 thanks for letting me know
        1.6 thanks for the info
        2.0 what a relief
        2.0 finally it works
        1.4 finally
        1.6 not bad
        1.8 not bad at all
        """
}
