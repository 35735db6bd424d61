extension OwnDialogues {
    /// What guests, travellers and buyers need, with answers that meet the need and answers that do not.
    ///
    /// A need begins with `#` and its trade. `?` asks for it, each time in other words; `+` is an agent's answer that meets it
    /// and `-` one that does not; `>` is what a customer says after a good answer, `<` after a bad one, and `~` what gives way
    /// after a bad one: another day, another item.
    static let needsOfGuests = """
        # restaurant
        ? I'd like to book a table for four on Friday evening
        ? do you have anything for four people this friday, around seven
        ? so is there a table on friday for the four of us
        + Yes, I can offer you a table for four at 7 pm on Friday. Shall I reserve it?
        + You are booked for four people on Friday at 7 pm, your reference is T4812.
        - Our restaurant is open from noon to ten on weekdays.
        - I have a table for two on Saturday at 8 pm.
        > seven works, please reserve it
        > could I have the reference number please
        > and is there parking nearby?
        < it's friday I need, not saturday
        < I asked for four people
        < we are four, that table is too small
        ~ what about saturday then, for four

        # restaurant
        ? I'm looking for an inexpensive Italian place in the old town
        ? can you find me something italian that isn't expensive, near the old town
        ? an italian restaurant in the old town with low prices, is there any
        + There are three affordable Italian restaurants in the old town, for example Da Piero. Would you like its address?
        + Da Piero is an inexpensive Italian restaurant in the old town. Its number is 555 0142.
        - There are no Italian restaurants in the old town that match. Is there anything else?
        - I found an expensive French restaurant in the north of the city. Shall I book it?
        > great, what is the address?
        > yes book it for two people at 18:30 please
        < French is not what I asked for
        < but I wanted italian, and cheap
        < are you sure there isn't a single one?
        ~ ok, then maybe something chinese in the same area
        ~ a moderate price would be alright too

        # restaurant
        ? can you tell me whether the menu has vegan dishes
        ? is there vegan food on the menu?
        ? I only want to know if someone vegan can eat there
        + Yes, there are six vegan main courses on the menu.
        + The kitchen prepares vegan versions of most dishes.
        - You can order at the table with our app.
        - I don't have the menu here, you would have to ask on site.
        > lovely, then we will come on sunday
        > thanks, and do you take cards?
        < that doesn't tell me whether there is vegan food
        < I can't plan the evening like that
        < is there nobody who knows the menu

        # restaurant
        ? I need to move my reservation from 6 to 8 pm
        ? can my table be at eight instead of six
        ? please change the time of my booking, eight is what we need
        + I have moved your reservation to 8 pm.
        + Eight is possible, the table is yours until ten.
        - I have cancelled your reservation for 6 pm.
        - Changes are only possible two days before.
        - At eight we are fully booked, I am afraid.
        > wonderful, see you at eight
        > thank you, we'll be five then, is that all right?
        < I didn't ask you to cancel it
        < no no, I wanted to keep the table, only later
        < so we lose the table because we're two hours late
        ~ half past seven then?

        # taxi
        ? I need a taxi from the station to the Grand Hotel at 9
        ? can you send a car to the station, nine o'clock, to the grand hotel
        ? a cab at the station at nine please
        + Your taxi is booked, a blue Skoda will be at the station at 9:00. The driver's number is 555 0177.
        + A car will pick you up at nine at the station.
        - Where would you like to go?
        - Your taxi from the Grand Hotel is booked for 9 pm.
        - I could not find a car at that time.
        > what does the car look like?
        > thanks, what's the contact number of the driver
        < I told you already, the grand hotel
        < other way round please, from the station to the hotel
        < in the morning, not in the evening
        < no car at all? that is a problem for me
        ~ quarter past nine would also be possible

        # taxi
        ? how much will the ride to the airport be
        ? what do you charge to the airport
        ? could you name a price for the airport please, roughly
        + A ride to the airport costs about 45 euros.
        + It is a fixed price of 48 euros, luggage included.
        - The ride takes about thirty minutes.
        - Prices depend on traffic and time of day.
        > okay, then please book one for five in the morning
        > fine, can I pay by card in the car?
        < I was asking about the price, not the time
        < that doesn't really help me to decide
        < you must have some idea what it costs

        # taxi
        ? my driver isn't here yet, it was ordered for 7:40
        ? where is the car I ordered for 7:40
        ? it's almost eight and there is still no taxi
        + Your driver is one street away and arrives in two minutes.
        + I've sent another car, it is there in three minutes and there is no charge for it.
        - Your booking is confirmed for 7:40.
        - Please wait, the driver will come.
        - I cannot see where the driver is.
        > ah, I see the car now, thank you
        > two minutes is fine
        < I know it's confirmed, but nobody is here
        < I have been standing outside for twenty minutes
        < I have a train to catch, waiting isn't an option
        < then I'll walk, never mind

        # train
        ? I want a train from Leeds to London that arrives before noon on Tuesday
        ? which trains get me to london before twelve on tuesday, from leeds
        ? I need to be in london by noon on tuesday
        + The 08:15 arrives in London at 10:32 and costs 42 pounds. Would you like a ticket?
        + There are five trains that arrive before noon, the first at 7:30.
        - There is a train on Wednesday at 14:00.
        - The 11:15 arrives at 13:32. Shall I book it?
        - No trains match your request.
        > the 8:15 please, two tickets
        > how long is the journey?
        < that one arrives too late
        < tuesday, not wednesday
        < that gets me there after noon, as I said it has to be before
        < there must be at least one train in the morning
        ~ it could be the evening before, if that's the only way

        # train
        ? I'd like a refund for the train that was cancelled yesterday
        ? my train was cancelled, how do I get the fare back
        ? the money for the cancelled train, can you give it back to me
        + I have refunded 38 pounds to your card, it takes three days.
        + You are entitled to the full fare and I have just sent it.
        - Tickets can be bought online or at the machine.
        - That train ran on time according to our system.
        - Our refund form is on the website.
        > thank you, that was easy
        > will I get an email about it?
        < I was on the platform, it did not run
        < I've already filled in that form, twice
        < so I won't get the money back?

        # flight
        ? can I change my flight to the afternoon
        ? I need a later flight the same day, afternoon if possible
        ? is there a seat on an afternoon flight instead of mine
        + I have put you on the 15:20, without a fee.
        + The 15:20 has free seats. The change costs 30 euros, shall I go ahead?
        - Your flight departs at 7:05.
        - Your fare cannot be changed.
        - I can offer a flight next week.
        > yes please go ahead
        > perfect, do I need to check in again?
        < I know when it leaves, I want to change it
        < next week doesn't help, it has to be the same day
        < so I'd have to buy a whole new ticket
        ~ would the evening flight be changeable?

        # flight
        ? my suitcase did not arrive with me
        ? the bag I checked in never came out, where is it
        ? I still have no luggage, can you look where my suitcase is
        + Your suitcase is on the next flight and will be delivered to your hotel tonight.
        + We have found it in Frankfurt; a courier brings it tomorrow before ten.
        - You may take one piece of cabin luggage.
        - It is not in our system yet, please try again tomorrow.
        - Did you look at the belt?
        > that is a relief, thanks
        > the hotel is the Seaview, room 12
        < of course I looked at the belt
        < you said that yesterday too
        < all my clothes are in there, tomorrow is too late
        < nobody seems to know where it is

        # hotel
        ? a double room for three nights from the 4th, with breakfast
        ? do you have a double with breakfast, from the 4th to the 7th
        ? we need a double room, three nights, breakfast included
        + We have a double room with breakfast for 110 a night. Shall I book it?
        + Booked: double room, three nights from the 4th, breakfast included. Reference H2290.
        - I have a single room from the 5th.
        - We have no rooms with breakfast on those days.
        - The hotel has a pool and a sauna.
        > yes please, under the name of Okafor
        > is parking included?
        < a single won't do for the two of us
        < from the 4th, I said
        < that is nice but do you have a room?
        ~ could we do two nights then?
        ~ and without breakfast?

        # hotel
        ? the heating in my room isn't working
        ? it is cold in room 214, can someone look at the heating
        ? I reported the heating this morning and it's still cold
        + A technician will be with you in ten minutes.
        + I have moved you to room 310, it is warm and the key is here.
        - Breakfast is served from seven.
        - The heating is controlled centrally.
        - I'll pass it on.
        > oh that's kind, thank you
        > good, I'll wait in the lobby
        < that's what your colleague said this morning
        < and what am I supposed to do with that
        < it will be another cold night then

        # hotel
        ? can I check out later, at about two
        ? is a late checkout possible, two o'clock or so
        ? may we stay in the room until two
        + Of course, the room is yours until two.
        + Late checkout is 20 euros, I've noted it.
        - Checkout is at eleven.
        - You can leave your luggage here.
        > super, thanks a lot
        > please add it to the bill
        < I know it's eleven, that's why I ask
        < the luggage isn't the problem, my mother needs the bed
        ~ and half past twelve?

        # shop
        ? I ordered the shoes in 42 and got 40, can I exchange them
        ? the shoes are the wrong size, I need 42
        ? I'd like the shoes in 42, the ones you sent are 40
        + A pair in 42 is on its way, and here is a label to send the others back.
        + I've changed it, the right size arrives on Thursday.
        - Shoes should be worn in for a few days.
        - Would you like to order another pair?
        - 42 is sold out. Anything else?
        > thursday is great
        > where do I drop off the old ones?
        < I don't want to order again, I want the ones I paid for
        < they won't grow, they are two sizes too small
        < sold out after I ordered them, how does that work
        ~ then 43 perhaps

        # shop
        ? where is my parcel, it was due on Monday
        ? can you tell me when my parcel comes, it should've been here on monday
        ? I'm asking about the parcel again, it is still not here
        + It is in the van and will be with you before six.
        + It was left with your neighbour at number 12.
        - Parcels usually take three to five days.
        - According to tracking it was delivered.
        - Please check the tracking page.
        > ah yes, my neighbour has it
        > good to know, I'll be home
        < the tracking page is where I come from
        < nothing was delivered here
        < it's been eight days though

        # shop
        ? does the blender fit a 1.5 litre jug
        ? which jug sizes can I use with the blender, is 1.5 litres ok
        ? will a jug of one and a half litres fit
        + Yes, all our jugs up to 2 litres fit.
        + It does, the 1.5 litre jug is article 8812.
        - The blender has 800 watts.
        - It comes in red and black.
        - I have no information about that.
        > great, add one to my order please
        > and is it dishwasher safe?
        < colour and power I can see on the page
        < that was not my question
        < can you ask somebody who has it

        # shop
        ? the lamp is broken, I'd like my money back
        ? the lamp came in pieces, please refund it
        ? I don't want a replacement lamp, a refund please
        + I have refunded you, no need to return it.
        + Of course. The amount is on your account within two days.
        - We will send you a new lamp.
        - Could you send a photo of the box?
        - I can give you a voucher.
        > that's very fair, thank you
        > okay, should I throw it away?
        < not a new one, I want the money back
        < the photos are in my first message
        < a voucher isn't what I asked for
        ~ if there is no other way, a voucher is better than nothing

        # shop
        ? can I pick up my order in the store today
        ? I want to collect it in the shop, is it ready
        ? is the order ready in the store or not yet
        + It is ready, just bring the order number.
        + Yes, it is at the desk until eight tonight.
        - Home delivery takes two days.
        - The store is open until eight.
        - I can't see that from here.
        > on my way then
        > thanks, see you later
        < open until eight is fine, but is my order there?
        < I'd rather not drive there for nothing
        < who can see it then?

        # shop
        ? I want to cancel the chair I ordered an hour ago
        ? please cancel my order, the chair
        ? stop the order for the chair please, it has not shipped yet
        + Done, the order is cancelled and nothing will be charged.
        + I've cancelled it for you, you'll get an email.
        - You can return it after delivery.
        - The chair is a popular choice.
        - It has already been handed over, I can't stop it.
        > got the email, thanks
        > thank you, that was quick
        < I don't want it delivered in the first place
        < an hour, and it can't be stopped?
        < so I have to carry it back to the post office
        """
}
