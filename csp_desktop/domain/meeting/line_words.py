"""The words by which an action's line is read: what tells a name at its beginning from the beginning of a sentence, and
which words speak of an intervention or of information."""


def listed(words: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(words.split())


SMALL_WORDS = listed(
    "an as at be by do go he if in is it me my no of on or so to up us we the and for her him his its she they"
)
# no initials where they follow an officer without a comma or an "and"
ABBREVIATIONS = listed("am pm ok vs eg ie re cc tv id ex st rd ad ca ph pa uk eu hq av")
# initials that are an ordinary word, or the beginning of what is talked about
WORDS_AS_INITIALS = listed("an at be by do go he if in is it me my no of on or to up us we") | ABBREVIATIONS
WORDS_AS_INITIALS |= listed("gp pc mp er ot cv dv dna asb cpn cpw all any new one two")
# what makes a phrase of 'as' and 'so', which else are initials
AFTER_AS = listed(
    "soon per agreed before discussed above part far well necessary required needed usual long many much possible "
    "if a an the to it he she they we you his her their that this"
)
# names that are words too, and first words of an action: taken where "to", "and" or a colon follows
FIRST_WORDS = listed(
    "mark will may grant page chase price ward hunt read long short call hold visit ring meet make give take look "
    "book move help talk work keep find send pay lock see get put set let ask tell stop start bring speak write "
    "check case file fine charge serve warn park wood day ball field house hall church flat home place list plan "
    "note share guard"
)
# names that are words too: taken where a verb follows as well
NAMES_AS_WORDS = FIRST_WORDS | listed(
    "shore cook carry cope cross chance bill rob pat sue bob nick tag dodge pitch stock store speed spring summer "
    "winter frost snow storm rain dale lane street close brook brooks marsh moss moor heath hill hills forest "
    "meadow garden green brown black white gray grey gold silver stone rivers bridge banks pond pool well wells "
    "waters bush branch root berry rose lily daisy ivy holly iris violet poppy heather olive hazel basil sage "
    "rosemary ginger penny sandy cherry ruby crystal amber jade pearl coral dawn eve april june august faith hope "
    "patience honour justice victor major king queen prince duke earl knight noble bishop pope monk parson priest "
    "dean cannon bell tower castle temple chapel baker butcher butler carpenter carter cooper farmer fisher fowler "
    "gardener hunter mason miller painter parker porter potter shepherd singer skinner smith tanner taylor turner "
    "walker weaver wheeler archer barber driver fuller joiner ranger rider lamb wolf fox hare bird swan finch crane "
    "crow hawk partridge peacock bull pike young old little small strong sharp smart bright wise best good rich "
    "savage sweet moody blunt true foot head hand tongue bone boot coats post pole rod staff child guest "
    "bachelor stranger friend mann man law rule reason bond key light lamp bacon bean pepper salt sugar beer coke "
    "plant rush grass hay straw north south east west bath"
)
# surnames of somebody else where they follow a first name: 'tom smith visit'
COMMON_SURNAMES = listed(
    "smith jones taylor brown williams wilson johnson davies davis patel robinson wright thompson evans walker "
    "white roberts green hall wood jackson clarke clark khan harris lewis james phillips morris turner hill cooper "
    "edwards hughes moore lee harrison baker king ali morgan allen martin shaw scott davidson murphy kelly watson "
    "anderson bennett ward collins young bell cox adams parker richardson simpson marshall ahmed hussain begum "
    "singh kaur bailey carter miller mitchell campbell stewart thomson robertson graham ross murray mcdonald "
    "macdonald reid henderson paterson morrison johnston ferguson duncan hamilton kerr burns obrien oconnor ryan "
    "walsh byrne doyle mccarthy gallagher doherty kennedy lynch quinn shah kumar sharma gupta mehta desai joshi rao "
    "iqbal malik hassan hussein mohammed mohamed ibrahim akhtar chowdhury rahman islam miah uddin okafor okoye "
    "adeyemi mensah owusu boateng nowak kowalski kowalska wisniewski popescu ionescu popa nguyen chen wang zhang "
    "liu wong chan lam silva santos pereira fernandes garcia rodriguez lopez russell dixon hunt barnes fisher "
    "reynolds griffiths foster mills powell chapman mason webb rogers gray palmer holmes stevens butler barker "
    "matthews knight lloyd owen price pearson fletcher jenkins howard ellis gibson fox hart holt grant reed dunn "
    "coyle pryce grey wells harvey elliott austin fraser spencer burton lawrence brooks dawson hudson saunders carr "
    "black may perkins payne porter armstrong atkinson bradley berry bird bishop booth briggs bryant buckley "
    "burgess cole coleman cunningham curtis dean douglas fowler francis freeman fuller gardner george gilbert gill "
    "goddard gordon greenwood hawkins hayes hicks higgins hodgson holland hopkins howe howell hutchinson jennings "
    "jordan lane lawson leach little long lowe marsh naylor newman nicholson norris norton oliver osborne page "
    "parry parsons peters poole preston pugh reeves rees rhodes richards riley rose rowe sanders sharp short "
    "simmons stephens stephenson stone sullivan sutton swift tomlinson townsend tucker wallace walters warren "
    "waters watkins watts weston wheeler whitehead wilkinson willis yates"
)
# what an action begins with after its officer
VERBS = listed(
    "visit ring call phone telephone text mail email write speak talk meet see contact inform tell ask "
    "advise notify update remind warn serve issue send post deliver share circulate pass forward give hand provide "
    "offer supply get obtain fetch collect bring take carry find look search trace locate identify establish "
    "explore investigate inspect check confirm verify clarify review assess reassess evaluate consider monitor "
    "watch observe patrol attend accompany escort support help assist encourage engage refer "
    "signpost introduce link liaise coordinate arrange organise plan prepare draft set book reserve schedule chase "
    "follow pursue progress continue keep maintain hold stop start begin end finish complete close open reopen "
    "make do create build install fit repair fix replace remove clear clean cut trim board secure lock "
    "change move transfer rehouse house place apply request seek order buy pay fund cost price claim charge fine "
    "prosecute arrest interview question report record log note minute document file register enter add upload "
    "download print copy scan sign submit present raise escalate flag discuss agree decide propose suggest "
    "recommend invite join lead chair host run train brief debrief test measure map count gather compile analyse "
    "summarise feed return respond reply answer acknowledge accept refuse decline approve authorise cancel withdraw "
    "suspend extend renew vary enforce evict exclude ban disperse seize confiscate deploy fly knock "
    "leaflet publish display cover supervise manage handle deal sort try attempt aim work go come leave stay let "
    "allow ensure put turn switch use show explain listen hear read learn study protect safeguard prevent reduce "
    "resolve mediate negotiate represent intervene challenge disrupt target tackle address drop pick nominate name "
    "appoint allocate assign task grant award adapt alter amend correct finalise source sit stand step shadow "
    "visits rings calls contacts checks sends writes meets asks"
)
# verbs that are as often what is talked about: 'police report', 'housing support'
NOUNS_TOO = listed(
    "visit ring call text mail email post contact update issue search check review watch patrol support help link "
    "plan draft book progress hold stop start end close repair fit fix change move transfer house place request "
    "order cost price claim charge fine arrest interview question report record log note minute document file "
    "register print copy scan sign present flag lead host run train brief test map count feed return reply answer "
    "ban leaflet display cover deal work leave use show study target task grant award name address source stand "
    "step drop aim attempt door chair contacts checks calls visits"
)
# behind such a verb they make it one: 'police visit the flat', 'police report back'
AFTER_VERBS = listed(
    "the a an this that these those his her their its our my your him them it us me all any both each every some no "
    "with on to at for in up out off back again about over down round around and & twice once weekly daily whether "
    "if"
)
# after a name they tell that it is one: 'mark will visit', 'police have agreed to'
HELPERS = listed("to will would should can could must has have is are shall may might needs agreed also now and with")
# what proposes the kind of an action
INTERVENTION = listed(
    "serve warn warning injunction closure notice warrant arrest evict eviction cpn cpw cbo pspo abc summons "
    "enforce enforcement seize fine dispersal contract"
)
INFORMATION = listed("tell report check ask find confirm share send inform update circulate minute note")
