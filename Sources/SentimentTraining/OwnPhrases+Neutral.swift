extension OwnPhrases {
    /// Requests and facts without any feeling.
    static let neutral = """
        0 what time do you open
        0 what are your opening hours
        0 my order number is 12345
        0 my account number is 00012
        0 my name is john smith
        0 i want to change my address
        0 i would like to update my details
        0 how do i reset my password
        0 how do i change my plan
        0 how can i pay my bill
        0 when will my card arrive
        0 how long does delivery take
        0 do you ship to canada
        0 which one is cheaper
        0 i am calling about my order
        0 i am calling about my bill
        0 i have a question about my invoice
        0 i have a question
        0 can you help me with my booking
        0 i will be leaving on monday
        0 tomorrow morning at ten
        0 let me check
        0 one moment please
        0 let me get my card
        0 it is the blue one
        0 the second one
        0 the first option
        0 no preference
        0 can you send me the details by email
        0 please send it to my email
        0 my flight is at nine
        0 what gate does it leave from
        0 is the flight on time
        0 do i need to check in
        0 can i bring two bags
        0 what is the baggage allowance
        0 how do i add a bag
        0 can i change my seat
        0 is there a direct flight
        0 what is your fax number
        0 are you open on sunday
        0 please dm me
        0 we sent you a message
        0 i sent you a dm
        0 just sent it
        0 following
        0 i followed you
        0 see the link
        0 here is the link
        0 check your messages
        0 the invoice is from march
        0 the serial number is on the back
        0 it is a model x200
        0 i bought it in june
        0 it is under warranty
        0 i use windows
        0 it is plugged in
        0 the light is green
        0 i restarted the router
        0 yes i did that
        0 now it says connecting
        0 it asks for a code
        0 i got the code
        0 the code is 1234
        0 he is my son
        0 i live in berlin
        0 we moved last year
        0 i work from home
        0 it is about the contract
        0 when does my contract end
        0 can i return an item
        0 what is your return policy
        0 do you have it in black
        0 what sizes do you have
        0 is it in stock
        0 i would like to order two
        0 add it to my order
        0 do you accept credit cards
        0 can i pay in installments
        0 what is the exchange rate
        0 how do i transfer money
        0 what is the limit
        0 the meeting is on tuesday
        0 the report comes out today
        0 he said he would go
        0 she is at the office
        0 they are from france
        0 the company has 500 employees
        0 the film is two hours long
        0 it is set in new york
        0 and then we went home
        0 so what happens next
        0 is that so
        0 i see
        0 um yeah
        0 uh huh
        0 well
        0 right
        0 you know
        0 i mean
        0 can you please dm me the details
        0 please see my dm
        0 what is the status of flight 1234
        0 what's the status of my order
        0 is flight 245 still on schedule
        0 which terminal does it leave from
        0 do you fly to boston
        0 how many miles do i need
        0 can i use my points for this
        0 is there a phone number i can call
        0 what is your email address
        0 i emailed you my documents
        0 i need a copy of my invoice
        0 i need to change the delivery date
        0 i would like to cancel my booking
        0 i would like to return this
        0 how do i return it
        0 is there anything cheaper
        0 i would like a receipt
        0 please hold on
        0 let me think
        0 let me see
        0 give me a second
        0 what do you think
        0 what are you doing
        0 what are you talking about
        0 where are you going
        0 i'm going to the store
        0 i have to go to work
        0 he is in the other room
        0 did you see that
        0 did she call you
        0 who is that
        0 who told you
        0 i told her about it
        0 so i went there and talked to him
        0 okay so the thing is
        0 and i was like
        0 he said that it depends
        0 in the morning
        0 maybe later
        0 the new version comes out next month
        0 the store opens at nine
        0 it comes with a charger
        0 i bought two of these
        0 i have had this phone for a year
        0 it has four buttons
        0 the manual is in english
        0 i would like to book an installation
        0 i need a cable for my monitor
        0 i am looking for a washing machine
        0 does the warranty cover the screen
        0 is delivery included
        0 i want to make an appointment with the repair desk
        0 two units to the same address
        0 what is the case number
        0 the delivery should be after six in the evening
        0 which washing machine uses less water
        0 what is the model called
        0 how wide is the fridge
        0 the receipt is in my email
        0 does the television come with a stand
        0 when does the technician come
        0 the box is in the garage
        0 i picked it up at the store
        """
}
