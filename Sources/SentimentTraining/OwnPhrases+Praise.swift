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
        2.0 it was fixed within minutes
        2.2 the agent stayed on the line until it was fixed
        2.0 called me back within the hour
        2.0 answered all my questions
        2.2 went out of his way to help me
        2.2 made it so easy
        2.0 no hassle
        2.0 refund came the same day
        2.0 i got my refund already
        2.0 replaced it free of charge
        2.2 great flight
        2.2 great crew
        2.0 smooth flight
        2.0 thanks for getting me home safely
        2.0 thank you for the upgrade
        2.0 thanks for sorting this out
        2.0 thanks for your quick help
        2.2 thanks for being so patient with me
        2.0 you guys rock
        2.2 you guys are awesome
        2.0 big thanks to your team
        2.0 really appreciate it
        2.0 that is good to know
        1.8 good news
        2.0 works as described
        2.0 exactly as described
        2.0 good value for money
        2.0 great value
        2.2 best purchase
        2.0 i will definitely come back
        2.0 will buy again
        2.0 loyal customer for years and always happy
        2.0 looks great
        2.0 sounds great and fits well
        2.0 easy to install
        2.0 sturdy and well made
        """
}
