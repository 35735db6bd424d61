extension OwnDialogues {
    /// What is said in any trade.
    ///
    /// `<` is said by customers whose need is not met, `>` by customers who are served, `-` by agents who do not help, `+` by
    /// agents who do. A line `#` begins a family, whose lines are held out together.
    static let remarks = """
        # corrects
        < no, that is not what I meant
        < that's not quite what I meant
        < no, the other one
        < not that one, the other one please
        < I think you misunderstood me
        < you seem to have misread my message
        < sorry, but that is a different thing
        < I was asking about something else
        < no, I meant the first one
        < that's the wrong one, I'm afraid
        < hmm no, that isn't it
        < it should be the other way round
        < I didn't say that
        < that was not my question, but thank you
        < no no, please read it again
        < actually that's not right
        < that doesn't match what I told you
        < I believe that is the wrong date
        < the name is wrong, it's spelled differently
        < that's close, but not what I'm looking for

        # repeats
        < as I said before
        < I already told you that
        < like I wrote above, it is still the same
        < let me try once more
        < I'll explain it again
        < once again, what I need is simple
        < I've said this twice now
        < you asked me that already
        < I just gave you that information
        < could you please answer my question
        < I still don't have an answer
        < my question is still open
        < I'm asking for the second time
        < again, that is what I would like to know
        < please look at my first message
        < I repeat my question
        < you haven't told me yet
        < still the same question
        < I need an answer to the question I asked

        # doubts
        < are you sure?
        < are you really sure about that
        < can you check again please
        < could you double-check that
        < would you mind looking one more time
        < that can't be right
        < that seems odd, there must be something
        < hm, I was told something else
        < your website says otherwise
        < that surprises me, it worked last time
        < is there really nothing you can do
        < nothing at all?
        < really? not even one?
        < I find that hard to believe
        < are you certain there is no other way
        < there has to be a way
        < please try again
        < can you ask a colleague
        < isn't there anybody else who could help

        # gives up
        < never mind
        < never mind then
        < forget it, it's fine
        < okay, I'll try elsewhere, thanks
        < then I'll look somewhere else
        < I'll call another company, thank you
        < alright, I give up
        < I guess I'll have to do without
        < then let's leave it
        < leave it, I'll do it myself
        < I'll manage on my own then
        < well, thanks for trying
        < thanks anyway
        < thank you for trying though
        < I suppose that's that
        < then there is nothing to be done
        < okay then I won't book anything
        < in that case cancel the whole thing please
        < I'll think about it, this isn't working for me
        < no then, thank you, goodbye
        < this is not getting us anywhere
        < let's stop here
        < I'll come back another time, maybe someone else can help

        # regrets
        < that's a pity
        < that is a shame
        < oh, that's disappointing
        < I was hoping for something else
        < I had hoped it would be sooner
        < that's too late for me
        < that is a bit expensive for me
        < that doesn't suit me
        < that won't work for me unfortunately
        < not really what I wanted
        < that doesn't help me much
        < that is of no use to me, sorry
        < it's not ideal
        < I'm not happy with that
        < I can't do anything with that
        < that leaves me where I started
        < so we're back to square one
        < that isn't a solution for me
        < I'd rather not
        < hmm, is that all you have

        # does not understand
        < I don't understand
        < what do you mean?
        < I'm confused now
        < sorry, what?
        < that makes no sense to me
        < I don't follow
        < what has that got to do with it
        < why do you ask me that
        < how does that answer my question
        < I can't see how that helps
        < I'm not sure you got my question
        < which one do you mean, I only have one
        < you just told me the opposite
        < first you say yes, now no

        # asks for more
        < you didn't give me the number
        < you forgot the address
        < and the other thing I asked
        < that's only half of my question
        < what about the rest
        < I asked for two things
        < I also wanted to know the price, you left that out
        < you still owe me the time
        < that isn't complete
        < the confirmation is missing
        < I haven't received anything
        < nothing has come yet
        < it's still not working
        < it is the same as before
        < no change on my side
        < that didn't help
        < I tried that, it made no difference
        < the same thing happens again
        < can I talk to a person please
        < could I speak to somebody who knows about this
        < may I have your supervisor, please
        < is there a human I can talk to

        # asks for another way
        < is there anything else then?
        < what else do you have
        < do you have something similar at least
        < could you try a different date
        < what would you suggest instead
        < okay, how about the next day
        < then let's try another area
        < could we try a different price range
        < hmm, is there one nearby then
        < what about for fewer people
        < would an hour later work
        < can you try with a shorter stay
        < I'd take any other, just find me one
        < if not that one, then which

        # accepts
        > yes please
        > yes, go ahead
        > sure, that works
        > that sounds good
        > that'll be fine
        > perfect
        > okay great
        > sounds perfect, please do that
        > that one is fine
        > I'll take it
        > let's go with the first one
        > the second one sounds nice
        > yes, book it please
        > yes, that's right
        > exactly
        > correct
        > that's the one
        > ok, do that
        > good, I'll take that one
        > alright, thanks, please reserve it

        # thanks
        > thank you
        > thanks a lot
        > thank you very much, that's all I needed
        > great, thanks for your help
        > thanks, that's everything
        > that is all, thank you, have a nice day
        > no, that's all, thanks
        > nope, I'm all set
        > perfect, thank you so much
        > you've been very helpful
        > wonderful, thanks again
        > that solved it, thank you
        > awesome, bye
        > thank you, goodbye
        > that was quick, thanks
        > brilliant, that's what I wanted
        > that answers my question
        > ok thank you, see you
        > no thank you, that will be all
        > I appreciate it, have a good evening

        # goes on
        > I also need a taxi to get there
        > and can you give me the phone number?
        > what's the address please
        > could I get the postcode too
        > great, and what time does it close?
        > okay, next I'd like to ask about my contract
        > one more thing, can I pay by card
        > I'd also like to book a room for the same days
        > what is the reference number?
        > and how much is it?
        > does it have parking?
        > is wifi included
        > how long does it take to get there
        > also, what are your opening hours
        > can you book that for 5 people on Thursday at 18:30
        > please book it for one night
        > yes, for two people, three nights from Wednesday
        > I would like to leave after 10:15 from there
        > can you tell me more about the first one?
        > which of them is the cheapest?
        > what type of food do they serve
        > what area is it in
        > how far is it from the station
        > and the travel time?

        # details
        > it's for Wednesday, from nine until noon
        > I need it by Friday at the latest
        > there are seven of us and we need two cars
        > the train should leave after 13:45
        > I want to arrive before quarter to eight
        > from London Kings Cross to Cambridge on Monday please
        > it should have four stars and be in the west
        > a place with parking, and internet if possible
        > I would like the cheapest tariff with unlimited data
        > the account ends with 4471
        > the order is from the third of March
        > size medium, in dark green
        > please send it to my office
        > I'm staying at the Riverside Inn
        > to the restaurant we just booked, by 7 pm
        > same group of people, same day
        > for the same number of people as the hotel
        > my postcode is SW4 7QT
        > it's a Toyota from 2019
        > the policy number is H 22 910

        # begins
        > hello, I have a question
        > hi there, can you help me
        > good morning, I'm looking for a place to stay
        > hi, I would like to find a hotel in the north
        > I am looking for information about a restaurant
        > I'm planning a trip and need a train
        > hello, I need help with my order
        > good evening, I'd like to book a taxi
        > I want to know more about your tariffs
        > can you help me find an attraction in the centre
        > I need a place that has free parking and internet
        > hi, I would like to report a change of address
        > hello! where can I see my invoices
        > I'd like to order a new card
        > could you tell me about your insurance for travellers
        > looking for a train on Sunday
        > I need a guesthouse with four stars
        > hi, what time do you open tomorrow

        # own slips
        > sorry, I meant 5 people
        > oops, I mistyped, it's the 14th
        > my mistake, Thursday I mean
        > sorry, wrong number, it ends with 31
        > ah wait, I got the date wrong, it's Friday
        > let me correct myself, two nights
        > I meant to say from the airport, sorry
        > oh sorry, my fault
        > scratch that, I found it
        > never mind my last question, I found the answer myself, thanks
        > actually, make it six people please
        > actually I'd like to stay one night more
        > could you make that 8 instead of 7
        > on second thought, the larger one please

        # open-minded
        > I don't care about the price
        > no preference
        > it doesn't matter
        > whichever you recommend
        > any of them is fine
        > you can choose for me
        > surprise me
        > either would be okay
        > I'm flexible with the time
        > the area doesn't matter to me
        > not really, as long as it has wifi
        > no, I don't have a preference

        # refuses
        - I'm sorry, there is nothing that matches.
        - I am sorry, but we have none available.
        - Unfortunately, I couldn't find anything like that.
        - I'm afraid that is not possible.
        - Unfortunately the booking was not successful.
        - I wasn't able to book that. Would you like another day or a shorter stay?
        - There are no results for your search.
        - Sorry, nothing is available at that time.
        - No, we don't offer that.
        - I'm sorry, I can't help you with that.
        - I cannot do this for you.
        - That is against our policy.
        - We're fully booked on that day.
        - I'm sorry, I have no information on that.
        - It is out of stock, and I can't say when it returns.
        - Unfortunately that service has ended.

        # puts off
        - Please contact our other department.
        - You would have to call us during office hours.
        - Please visit our website for more information.
        - I'll forward your request.
        - You can find this in the help section.
        - Please be patient.
        - Please try again later.
        - You will hear from us.
        - I can only take a note.
        - That takes up to fourteen days.
        - Our system is down, please come back later.
        - You need to fill in the form first.

        # misses
        - I didn't understand that. Could you rephrase?
        - Sorry, I did not get that.
        - What can I do for you?
        - How may I help you?
        - Can you tell me your request again?
        - Could you repeat what you need?
        - Which service do you mean?
        - I have booked it for a different day.
        - I have found something else for you.
        - Here is our list of offers.
        - Is there anything else I can do for you?
        - Thank you for using our service, goodbye!
        - You're welcome, have a nice day.
        - Would you like to book something else?

        # serves
        + I have booked that for you. Your reference number is A7K29.
        + Your booking was successful, the reference is 88PQ1.
        + It's done. Is there anything else?
        + Of course, I've changed it for you.
        + Yes, that's possible.
        + Yes, there are two that match, both in the centre. Would you like one of them?
        + I found 12 results. Do you have a price in mind?
        + The phone number is 555 0199 and the postcode is CB1 2QX.
        + The address is 14 Mill Lane.
        + I recommend the Ashby, it has four stars and free parking.
        + It costs 23 pounds and takes 50 minutes.
        + I have sent you the confirmation by email.
        + The problem is solved, it works again.
        + I've credited the amount to your account.
        + You're welcome! Can I help you with anything else?
        + Glad I could help. Have a great day!

        # asks back
        + For how many people, and on which day?
        + What time would you like to leave?
        + Where will you be departing from?
        + Do you prefer a price range?
        + Which part of town would you like?
        + How many nights will you stay?
        + Would you like me to book it?
        + Which of the two would you like?
        + Could I have your customer number, please?
        + What is your date of birth?
        + Can you tell me the number on the invoice?
        + What colour would you like?
        """
}
