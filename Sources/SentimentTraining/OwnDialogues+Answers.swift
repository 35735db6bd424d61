extension OwnDialogues {
    /// Questions of agents after `+` and, after `>`, answers of customers, which say nothing about satisfaction.
    static let answers = """
        + For how many people, and on which day?
        > four people on Sunday
        > there will be 3 of us, on tuesday
        > just me, monday please
        + What time would you like to leave?
        > after 10:15
        > I'd like to arrive by 8 in the evening
        > anytime in the morning
        + Where will you be departing from?
        > from the hotel
        > from the central station, going to the museum
        > Stansted airport
        + Do you prefer a price range?
        > moderate
        > cheap please
        > something expensive, it's our anniversary
        > I don't mind
        + Which part of town would you like?
        > the centre
        > in the east
        > it should be in the same area as the restaurant
        + How many nights will you stay?
        > two nights from saturday
        > 5 nights, for 2 people
        > until the 9th
        + Would you like me to book it?
        > yes please, for six
        > not yet, I just want the phone number
        > no thank you, I only need the address
        > no need to book, thanks
        + Which of the two would you like?
        > the cheaper one
        > the one with parking
        > whichever is closer
        + Could I have your customer number, please?
        > it's 4410 2287
        > one moment, I'll get it
        > I don't have it with me, my name is Priya Nair
        + What is your date of birth?
        > 3 May 1985
        > the 12th of july 1979
        + Can you tell me the number on the invoice?
        > 20931
        > there are two, the second ends in 7
        + What colour would you like?
        > the grey one
        > blue or black, both are fine
        + What exactly happens when you switch it on?
        > the light blinks and then it goes off
        > nothing, the screen stays dark
        + Is the green lamp on?
        > no, it is red
        > yes it is
        + Since when has that been so?
        > since tuesday
        > I noticed it this morning
        + Do you have the receipt?
        > yes, it's from the 2nd
        > no, I lost it
        + Did the delivery arrive damaged?
        > the box was fine, the plate inside is broken
        > yes, one corner
        + Which city are you travelling to?
        > Norwich
        > to Peterborough on Saturday
        + What kind of food would you like?
        > Indian, please
        > I'd like to try something Turkish
        > anything but fish
        + Is the address still 5 Elm Street?
        > yes that's right
        > no, it's 7 Elm Street now
        + Would you like the free parking option?
        > yes, and wifi as well
        > not necessary
        + Hello, how can I help you?
        > I'd like to know my balance
        > my phone is broken and I need a repair
        > I have a question about a bill
        > I would like to cancel a subscription
        > can you find me a train to Ely
        > I'm looking for a cheap place to eat in the south
        + I have five hotels in the north. Do you need parking or internet?
        > both, and I'd like four stars
        > parking would be nice
        > just the one with the best rating, please
        + There are nine trains on that day. When do you want to arrive?
        > by 17:30 at the latest
        > around noon would suit us
        > the earliest one you have
        + The Lotus serves Thai food in the centre and is moderately priced. Would you like a table?
        > yes, a table for two at 19:30
        > I'd like to know the address first
        > sounds tasty, please reserve for 8 people on Saturday
        + The entrance is free. Can I give you the address or the phone number?
        > the phone number and the postcode please
        > just the address, thanks
        + The ride takes 20 minutes and the train number is TR4410. Shall I reserve seats?
        > yes, two seats
        > no, I only wanted to know how long it takes
        > please do, and what's the total price
        + Your table is reserved for 15 minutes. The reference is 7FQ2K. Anything else?
        > yes, I need a hotel nearby
        > could you also find a museum in the same area
        > no that's all I need, thank you for your help
        > thanks, have a great day
        + The Cambria is a guesthouse in the east with free wifi, for a cheap price.
        > does it have free parking as well?
        > great, can you book it for 3 nights starting tuesday
        > what's the postcode of the Cambria
        + A yellow Ford will pick you up at 18:15. The contact number is 555 0133.
        > thank you, that's all I needed today
        > great, goodbye
        > perfect, and could you find me a place to swim
        + I can offer two tariffs: Small for 9 pounds and Large for 19 pounds a month.
        > I'll take the small one
        > what's the difference in data volume
        > can I switch later on
        + Your new router will arrive on Wednesday between 8 and 12.
        > good, somebody will be there
        > do I need to send back the old one?
        + The balance of your account is 412 pounds.
        > and what was the last payment?
        > okay, then please transfer 50 to my savings
        + I've sent the PIN to your address, it takes two days.
        > alright, thanks
        > is there anything I have to do to activate it?
        + The repair costs 80 pounds and takes one hour. Would you like an appointment?
        > yes, on Tuesday morning
        > I'll think about it and call back
        > does that include parts
        + Your claim has the number W2210. You get the money within five days.
        > wonderful, do you need anything else from me
        > thank you for the quick help
        + We have the jacket in blue, green and grey. Which one do you like?
        > green, in medium
        > do you have it in a longer cut too
        + The parcel was handed to the courier this morning and arrives tomorrow.
        > great, I can wait until then
        > can he leave it with the neighbours?
        + I see you have an older contract. May I tell you about our new offers?
        > sure, go on
        > not today, thanks
        + Your flight leaves from gate B12 at 14:05. Can I help with anything else?
        > what time does boarding start
        > no thanks, I'm fine
        + There are two cinemas and one theatre in the south. Which do you prefer?
        > a cinema, please
        > tell me about the theatre
        + Before I change anything I need the last four digits of your account.
        > 8821
        > they are 0 4 1 9
        + I can book that for you. What name should it be under?
        > under Lindqvist
        > my name is Sam Adeyemi
        + Is that for this Sunday or the next one?
        > this one
        > the 22nd
        + Sure, the price is 17.60 pounds per ticket. How many do you need?
        > one for now
        > five tickets, please
        + All of them are in the expensive range. Is that all right?
        > that's fine
        > yes, money is no problem
        + The kitchen closes at ten. Would nine be too late?
        > nine is fine
        > half past eight is better for us
        + Would you like it delivered or will you collect it?
        > I'll collect it on my way home
        > delivered, to the same address as last time
        + Do you have a preference for the area?
        > no, just pick one for me
        > somewhere central
        + I've found the Turing Museum, it's in the west and costs 4 pounds.
        > what is their number?
        > nice, how do I get there
        + Your appointment is on the 14th at 9:20 with Doctor Hale.
        > thanks, I'll be there
        > should I bring anything?
        + I have blocked your card. Would you like a new one?
        > yes, please send it to my home
        > of course
        + Can you confirm that you have restarted the device?
        > yes, it is starting now
        > one second, doing it
        > done
        + Thank you for waiting. I've found your booking.
        > good, can you add a breakfast
        > great, then please change the name on it
        + Is there anything else I can help you with?
        > yes, I'm also looking for a hotel
        > no, that's it
        > no, thank you, bye
        > actually yes, I need a cab as well
        """
}
