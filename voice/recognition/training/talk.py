"""What people say who are not speaking to the guide: sentence templates and the words to fill them with.

A word in braces is replaced by one of its list. Many words sound like commands.
"""

from __future__ import annotations

from collections.abc import Mapping


def _list(line: str) -> tuple[str, tuple[str, ...]]:
    name, _, entries = line.partition(": ")
    return name, tuple(entries.split(", "))


LISTS: Mapping[str, tuple[str, ...]] = dict(
    _list(line)
    for line in """
who: she, he, my sister, my brother, the neighbour, the doctor, your mother, the teacher, our son
name: anna, peter, maria, tom, sarah, david, emma, jack, linda, paul
person: friend, sister, brother, boss, neighbour, daughter, son, cousin, farmer, driver
place: shop, garden, kitchen, office, market, station, beach, park, school, store, yard
thing: cup, book, letter, ladder, chair, phone, bag, map, box, lamp, clock, chart, top
things: cups, books, letters, keys, shoes, plates, stamps, maps, socks, stairs, parts
food: soup, bread, rice, pasta, salad, fish, chicken, cake, apple pie, toast, a starter
drink: coffee, tea, water, juice, beer, wine, milk, lemonade, a latte, an espresso
size: small, large, medium, big, tall
milk: milk, oat milk, cream, sugar, cinnamon, honey, ice, syrup
day: monday, tuesday, wednesday, thursday, friday, saturday, sunday, tomorrow, yesterday
when: today, tomorrow, later, this evening, last night, last week, this morning, at noon
part: shoulder, shoulders, neck, heel, knee, elbow, spine, waist, hip, calf, thigh, ribs
feel: warm, cold, tired, stiff, relaxed, sleepy, happy, hungry, thirsty, sore, heavy
quality: new, old, cheap, red, broken, nice, strange, dark, short, smart, loud, late
did: stopped, started, dropped, shopped, helped, waited, skipped, knocked, worked, talked
doing: stopping, starting, dropping, shopping, waiting, working, talking, walking, cooking
like: stopper, starter, letter, latter, former, farmer, texts, nest, neck, ladder, shop
weather: raining, snowing, sunny, windy, foggy, dark, freezing, getting late
count: two, three, four, five, six, seven, eight, nine, ten, twenty, a hundred
how: really, quite, pretty, rather, so, very, a little, not very
""".strip().split("\n")
)

SENTENCES: tuple[str, ...] = tuple(
    """
did you {like} the window
i {did} at the {place} {when}
{who} {did} at the {place}
we were {doing} all day
{name} is {doing} in the {place}
i have not seen {name} yet
i do not know {name} yet
let me know {when}
i will tell you later
the {thing} is on top of the {thing}
there is a {thing} next to the {thing}
where did you put the {things}
who took my {thing}
the {thing} fell off the shelf
that {thing} is {quality}
the bus {did} right outside the {place}
the car never {did} at the lights
it {did} raining around noon
it is {weather} outside
the weather was {quality} {when}
the next door neighbour has a {quality} dog
his {person} lives in the next street
her {person} bought a {quality} {thing}
my {person} is coming {when}
do you remember that {thing} from the {place}
they moved to a {quality} house last year
we should visit {name} on {day}
see you on {day}
the meeting was {how} long
the {place} opens at {count}
the {place} is closed on {day}
we need {count} {things} for the party
she paid {count} dollars for that {thing}
i bought {count} {things} at the {place}
he is {count} years old
it takes {count} hours by train
the train was {count} hours late
my phone is in the other room
turn off the lights in the {place}
close the window before you leave
there was a knock at the door
somebody left the door open
the cat is sleeping on the {thing}
the dog ran around the yard
can you feed the cat {when}
the top shelf is too high for me
i put a stamp on the letter
the shop started a sale {when}
the staff were {how} friendly
stars are bright tonight
the stock has dropped again since {day}
that was a {how} long story
i read a {quality} book {when}
have you ever been to the coast
the film starts at {count}
we watched the news last night
she works at a {quality} {place}
my boss wants the report by {day}
the printer is broken
i sent you a text {when}
did you get my letter
he forgot the {things}
i can not find my {thing}
we ran out of {milk}
that sounds {how} {quality}
nobody told me about the {thing}
everybody knows that {name} is {feel}
i think {name} is right about that
i guess so
i had no idea
of course not
that makes sense
never mind
you must be joking
what a {quality} {thing}
are you {feel} today
how was your day
how are the kids
what did {name} tell you
why was {name} {how} {feel}
when does the {place} close
where is the {quality} {thing}
whose {thing} is that
which {thing} did you buy
who was on the phone
do we have any {food}
would you like some {food}
the {food} needs more salt
chop the onions and the carrots
the pot is on the stove
stir it for {count} minutes
put the {food} in the oven
the oven is hot
wash the {things} before dinner
dinner will be ready at {count}
i am making {food} for dinner
there is {food} in the fridge
the {food} tastes {how} good
drop it in the pan
cut the bread into slices
we had {food} and {drink} at the {place}
the kettle is boiling
set the table for {count}
can i have a {size} {drink}
i would like {drink} with {milk}
could i get a {size} coffee with {milk}
one {size} coffee and a tea
make that a {size} one with {milk}
two coffees with {milk} to take away
an iced coffee without {milk}
i will have the {food} and a {drink}
may i see the menu
can we pay by card
is there sugar in the {drink}
do you have {drink} without ice
extra {milk} on top
the {drink} was cold
i need a {size} cappuccino with an extra shot
a double espresso with {milk} for {name}
your {part} feels {how} {feel}
my {part} was {feel} {when}
i slept on my {part} the wrong way
the oil smells like lemon
the oil is {how} {feel}
my {part} is a bit {feel} from the gym
i love it when you do the {part}
is the room {feel} enough
there is a knot near my {part}
your hands are {feel}
my hands are {how} {feel}
i could fall asleep here
that tickles
did it help your {part} {when}
the towel slipped off
pass me the towel
where is the oil bottle
my arms are getting {feel}
you have tight muscles around the {part}
let your {part} sink into the bed
i was at the gym {when}
the doctor looked at my {part} {when}
move the pillow under your {part}
is your {part} comfortable
my nose itches
sorry i sneezed
do you want the blanket
the music is {how} nice
i like that song
turn your head to the window
you sat too long at the desk
have some {drink} afterwards
{who} {did} for an hour
when it {did} we went home
as soon as the rain {did} we left the {place}
i was {doing} when {name} called
he kept {doing} until {count}
they {did} because of the storm
{name} said the {thing} was {quality}
nothing starts before {count}
the clock {did} at {count}
she knows the {person} from the {place}
the old farmer has a {quality} barn
we are going to the {place} {when}
i think the {like} is {quality}
that {like} is {how} {quality}
it was the {like} on the left
a {like} and a {thing}
the {like} of the {person}
yes i think so too
no i have never been there
well maybe we can go there {when}
right after the {place} there is a bridge
all right see you {when}
""".strip().split("\n")
)

AMONG: tuple[str, ...] = tuple(
    """
and then i said {command} to {name}
{name} told me {command} and laughed
is {command} the right word
she always says {command} to the dog
the sign says {command}
i thought you said {command}
so {command} was what the {person} wanted
we can {command} at the {place} {when}
they {command} every {day}
the word {command} is in the song
{name} wrote {command} on the {thing}
it is {how} {command} in the {place}
""".strip().split("\n")
)
"""Sentences about a word that is also a command."""

_WORDS = """
top shop stopped stops stopping stopper step steps drop dropped hop pop shot stock spot star stay state
stand stamp started starts starter dark part heart art stuff store storm staff chart shark stark text
texts neck nest necks vexed black pack bag track light lighten lighted letter ladder latter later hard
heard firm form former farmer foster first fast slow low house know known now new go going cancel note
nose on yet yes guess red reading already rest reset people paint plain rain pose paws because cause
weight late white dawn down none fun son who hour our cow while wide film fill held health ship sip kept
tips tipped switches witch rich out about couch touch pouch much such number sharply yesterday yard notes
knows knot gnome mow row sew toe though through thought bought garden kitchen table chair window door
water coffee tea sugar bread butter cheese apple orange banana lemon dinner lunch breakfast music dance
sing walk run jump swim ride drive fly mountain river ocean forest tree flower grass cloud sun moon sky
winter summer spring autumn monday friday sunday morning evening night father mother sister brother baby
child children woman man friend teacher doctor nurse farmer driver pilot actor writer singer player table
paper pencil bottle glass spoon fork knife plate bowl oven stove fridge sofa pillow blanket carpet
curtain mirror picture camera computer telephone television radio battery engine wheel bicycle airplane
station airport hotel restaurant market village city country street bridge tower castle church school
office factory hospital library museum theatre happy angry tired hungry thirsty lonely clever funny
serious gentle quiet loud bright heavy narrow broad round square yellow green purple silver golden wooden
metal plastic cotton leather animal horse sheep chicken rabbit mouse tiger lion elephant monkey snake
spider insect butterfly february october purchase question reason season treasure pleasure measure vision
usual garage beige judge jungle bridge church choice voice noise boys toys oil boil soil joy enjoy thing
thin thick think thank throw three path bath math truth youth south north mouth with this that those
there weather feather leather mother father bother either neither breathe smooth young yellow onion
million opinion view music cute huge human few beauty quick queen quite quote twelve twenty twin sweet
swim square splash spring strong street scream screen script shrimp shrink throat thread world worth word
work worm girl bird turn burn nurse purse curve serve search earth early pearl cheer fear near year hair
fair care share poor tour sure cure fire tire wire power flower tower shower hello sorry darling honey
love maybe something nothing everything always never often sometimes really actually probably perhaps
anyway however although between without within
"""
WORDS: tuple[str, ...] = tuple(_WORDS.split())
"""Words by themselves. Those that are commands are left out when texts are made."""
