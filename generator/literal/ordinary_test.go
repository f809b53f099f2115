package literal

import (
	"strings"
	"testing"
)

// ordinary are sentences as newspapers print them, whose numbers no data could change.
const ordinary = `
The mayor, who is 54 years old, did not reply.
Maria Lopez, 54, was born in Tucson.
John Smith Jr., 61, said he would appeal.
A 54-year-old man was arrested.
A three-month-old baby slept through the hearing.
She was 17 when she crossed the border.
He left at age 12 and came back at age 40.
Most of them are in their 30s.
The court ruled 5-4 for the city.
In a 5-4 ruling, the justices sided with the state.
The council voted 9-0 to join the suit.
The Senate passed the bill 63-36.
The House rejected it by a 218-209 vote.
It was a 5-to-4 decision.
The Cubs won 4-2.
He lives at 1600 Pennsylvania Avenue.
The office is at 950 Pennsylvania Ave. NW.
The clinic at 42 West 24th Street closed.
Write to Washington, DC 20530.
Call 202-555-0123 for help.
Call (202) 555-0123 for help.
The number is +49 30 1234567.
A neighbor called 911.
The 911 call came at 5:30 p.m.
After 9/11 the rules changed.
The shelter is open 24/7.
It was the No. 1 song that summer.
Count No. 3 was dropped.
Troopers closed Interstate 95.
Traffic on I-95 stopped.
The wreck on Highway 61 killed a driver.
They drove Route 66 to the coast.
A Boeing 737 landed.
An Airbus A320 followed.
The nonprofit's Form 990 lists him.
He filed a 1040.
The I-862 starts the case.
She came on an H-1B visa.
MS-13 was named in the speech.
COVID-19 closed the courts.
The city sold its 5G poles.
She put money in a 401(k).
The group is a 501(c)(3) charity.
Police from Precinct 12 came.
Voters in Ward 5 chose him.
See page 12.
Details are on pages 12 to 14.
The council cited U.N. Resolution 242.
One day the letter came.
Two years later the court ruled.
Ten days before the deadline, the state replied.
He resigned three months ago.
A three-judge panel heard it.
The two-week trial ended in June.
The COVID‑19 rules ended.
It is a twenty-first century law.
The year was 1999.
The sum of 1999 was small.
She ran a 10K on Sunday.
He was 54 when he came.
One has to ask.
A new one was made.
The bill needs a two-thirds majority.
He leads the 100-member Senate.
All 50 states have such a law.
The letters reached the nine justices of the court.
Dozens of people waited outside.
Hundreds of protesters marched.
Thousands of voters stayed home.
It took half a century.
A quarter century passed.
Iowa plays in the Big Ten.
The Pac-12 signed a contract.
The firm is in the Fortune 500.
The S&P 500 fell.
The shelter is open seven days a week.
The line runs 24 hours a day.
Apollo 11 landed on the moon.
The plot is from Catch-22.
She ran in District 9.
The 9th Circuit agreed.
He was in the 82nd Airborne.
They met on 42nd Street.
The plane was Flight 93.
The guard opened Room 101.
The gate is in Terminal 4.
It is Schedule 1 on the list.
Exhibit 12 is the letter.
Figure 2 shows the route.
Type 2 diabetes is common.
A Category 5 hurricane came.
Windows 11 asks for it.
It happened in Act 2.
The gang has five-star hotels in mind.
He got a two-year sentence.
The one-year lease ends.
A 90-day pause began.
They chanted for a 40-hour strike.
The G7 met in Quebec.
The AR-15 was in the trunk.
CO2 rises.
PM2.5 is dust.
The U.S. Code, 8 U.S.C. 1373, says so.
Title 8 covers it.
Proposition 187 failed.
Question 1 passed.
Executive Order 13768 came on Jan. 25, 2017.
The docket is No. 17-cv-00485.
On March 15 officials said no.
On Jan. 24 the letters went out.
It was due by May 24, 2018.
They met at 10 a.m.
They met at 17:30.
The letter is dated 1/24/2018.
The 2017 letters came late.
In 2017 letters went out.
In fiscal 2017 awards were late.
Compare it with 2016 levels.
He grew up in the 1980s.
The early '90s were hard.
It is a 21st century law.
The eleventh hour came.
First, the mayor spoke.
The third letter came.
They were married as a couple.
A couple from Ohio moved in.
A decade ago nobody knew.
World War II ended.
Title IX applies.
Pope John Paul II visited.
No one came.
One of them sued.
This one letter changed it.
They stood one by one.
The odds were fifty-fifty.
He put in his two cents.
Three Mile Island reopened.
The Twin Cities agreed.
She zeroed in on it.
It is a double-edged sword.
It is a zero-tolerance policy.
The four-letter word was bleeped.
The two-party system held.
A 12-member jury was sworn in.
The three-story building burned.
A two-car crash blocked the road.

Twenty years later she came back.
He left 30 years ago.
A century ago the bridge was built.
Half a century later it fell.
It was a once-in-a-century flood.
Once in a generation, a case like it comes up.
The oldest building is a century old.
An hour later the doors opened.
A month after the vote, the mayor resigned.
Ten minutes before noon, the bell rang.
One week later, the judge ruled.
The letters came two days apart, he said.
She wrote the book over the past decade.
The storm of the century hit Texas.
By the turn of the century the mill had closed.
It was the worst drought this century.
They meet every fortnight.
He has lived there for decades.
Nearly three decades later, she won.
The trial is two months from now.
He spent the better part of the decade abroad.
That decade was hard.
A decade-long fight ended.
The decade before had been calm.
It is a century-old law.
Three generations later the farm is still theirs.
The court ruled a year and a half later.
The city sued a day earlier.
She retired about five years ago.
The law changed almost 40 years ago.
For the first time in a decade, the river froze.
A generation ago, it was farmland.

Henry VIII passes by in the first scene.
Queen Elizabeth II reigns no longer.
World War II veterans marched.
Title VII claims are common.
Title IX complaints rose.
The Super Bowl LIV ads were loud.
DC officials said no.
MI cities joined.
The CD sales fell.
XL sizes were sold out.
CC members voted.
A DI station closed.
The XXX films were banned.
An LI resident won.
Chapter XI says so.
Article IV requires it.
Pope Leo XIV visits Peru.
Act III begins.
Part II shows why.
The XIV Amendment says so.
Louis XVI loses his head.
Vitamin C helps.
Plan C was better.
Malcolm X speeches were sold.
Generation X parents complained.
Hurricane Ida hit.
The CIV courses filled up.
IV drips hung there.
I cities love.
The MIX radio plays hits.
Civil rights groups sued.
XI Jinping visits Moscow.

S. 500 passes in the Senate.
S. 500 bars such grants.
S. 500 would end the program.
S. 5 authorizes nothing.
H.R. 3009 requires consent.
H.R. 3009 lets agencies withhold money.
The House passed H.R. 3009 on Thursday.
SB 54 limits cooperation.
SB 4 makes it a crime.
HB 2 needs a vote.
AB 60 drivers got licenses.
The Senate rejected S. 2193.
They read H.Res. 26 aloud.
House Bill 2 orders sheriffs to comply.
A.B. 450 names employers.
The sponsors of S. 87 withdrew.
S. 87 and S. 95 were merged.
Under S. 1842 victims could sue.
S. 45 says it has no cost.
S. 45 creates a task force.
S. 45 repeals the cap.
S. 45 sets deadlines.
S. 45 directs agencies to report.
S. 45 amends the act.
SB 1070 became law in Arizona.
HB 56 was blocked.
Senate Bill 4 is a state law.
HB 87 covers employers.
S. 744 died in the House.
H.R. 4 expands it.
S. 11 has sponsors from Ohio.
H.R. 15 goes further.

The council voted 9-0 against it.
The council voted 7-2 this week.
They split 5-4 across party lines.
The court ruled 6-3 as expected.
The board approved it 8-1 Tuesday.
The Senate voted 51-49 to confirm him.
The panel decided 2-1 that he could stay.
The House passed it 218-209 days before the recess.
The Sox beat Boston 4-2 minutes before midnight.
The jury split 10-2, and the judge declared a mistrial.
The measure was rejected 12-9 unless amended.
She won 63-36 despite the polls.
It was approved 5-0 without debate.
The committee voted 14-7 along party lines.
He was confirmed 54-45.
It lost 40-60 in the runoff.
The bill passed 98-1 with no debate.
The court divided 4-4 after a justice recused herself.
They voted 3-2 for the plan.
The commission ruled 4-1 in his favor.
The vote was 52-48.
The vote of 233-199 sent it to the Senate.
By a 7-2 majority the court agreed.
The justices ruled 9-0 that he could sue.
The union voted 1-0 perhaps by mistake.
The team won 3-1 sometimes and lost often.
The Cubs lost 11-2 against Boston.
Voters approved it 60-40 its sponsors said.
He left at age 12 unless his mother objected.
She died aged 41 this week.
He was aged 9 days before his birthday came.
The council passed it 6-3 plus a resolution.

The bus line M15 runs to 126th Street.
The train left Track 12 at 7:45 a.m.
He was seen at the corner of Fifth Avenue and 42nd Street.
Her office is Room 2204 in the Rayburn building.
The recording is 2:45 long.
The hearing began at 9 a.m. and ended at noon.
The council meets at 6 on Tuesdays.
It rained from 6 to 8 p.m.
Polls close at 8 p.m. Eastern.
Flight 1549 landed on the river.
The 76ers lost.
The 49ers moved to Santa Clara.
She wore No. 23.
He drove a Ford F-150.
It ran on channel 7.
He read Catch-22 and Fahrenheit 451.
Stalag 17 was on television.
The statute is 34 U.S.C. 10152.
See 28 C.F.R. § 66.43 and Part 200.
Rule 12(b)(6) lets a judge dismiss a suit.
The Fourth Amendment protects them.
The Tenth Amendment is at issue.
The 14th Amendment came in 1868.
Section 1983 lets people sue.
Chapter 11 protects a company from creditors.
They filed under Chapter 7.
Title 42 ended in May 2023.
Proposition 8 passed.
Senate Bill 1070 was struck down in part.
House Bill 2 became law.
The bill, S. 2146, failed in the Senate.
H.R. 3003 passed the House.
The case is 18-cv-2068.
The appeal is No. 18-3811.
It is docket 17-17480.
The justices split 6-3.
It passed on a 51-50 vote.
The panel voted 2-1 to uphold the order.
The measure failed, 7 to 2.
The council approved the plan 8-0.
The jury deliberated for the third day.
Maria, 9, and her brother, 12, were left at school.
A 7-year-old girl was with her.
Their son, 6 months old, slept.
The suspect, 23, was arrested.
She turned 65 in May.
Her twin 4-year-olds slept.
Call 1-800-555-0199.
Dial 2-1-1 for help.
Their address is P.O. Box 1234.
The house at 221B Baker Street is a museum.
She lives at 12 Elm St., Apt. 4.
The column is called amount_usd_2017.
Look at the table t1.
The field v2_total is blank.
The column rate_per_100k is a rate.
Use col1 and col2.
The file uses UTF-8.
The hash is SHA-256.
It runs on Python 3.12 and Windows 11.
Version 2.0 came out in June.
The format is ISO 8601.
MP3 files were played.
The form is W-2.
She filled out Form I-9.
The visa is an H-2A.
He was in Company B, 2nd Battalion.
The Second Circuit ruled on appeal.
It was the 115th Congress.
He was the 45th president.
The 84th attorney general resigned.
She was the first woman on the bench.
The second hearing is in June.
The second paragraph names the statute.
The third sentence is a quotation.
On the first day of school the bell rang.
First come, first served.
He came in second place in the primary.
The 1990s were quieter.
The mid-1990s law was amended.
In the summer of '17 they moved.
The 2016 election changed it.
The fiscal year 2017 budget passed.
It is 2017's budget.
The 2017-18 school year began.
The decade of the 2010s ended.
The Class of 2020 graduated.
Area 51 is closed.
The G-20 met in Hamburg.
The Little Rock Nine went to school.
The Chicago Seven were tried.
The Gang of Eight wrote a bill.
One of the judges dissented.
One by one, they left.
Zero tolerance was the policy.
He gave it one more try.
The two sides met.
The two men shook hands.
Both sides met for a third time.
They argued back and forth for hours.
It happened twice a day.
The first two weeks of May were wet.
It is a two-step process.
He took a one-way flight.
In one sentence: the court said no.
It takes 10 minutes by car.
(a) the state, (b) the county and (c) the city sued.
Points 1 to 3 were dropped.
Item 4 on the agenda was tabled.
Count 2 of the indictment was dismissed.
Claims 1 and 2 were dismissed.
The World Cup of 2018 was in Russia.
The A1 motorway was closed.
Take the M25 to junction 10.
The postcode is SW1A 2AA.
Number 10 did not comment.
10 Downing Street is his home.
The Article 50 letter was sent on 29 March 2017.
She was admitted to ward 7.
Year 6 pupils sat the test.
The Section 28 rule was repealed.
The MP, 54, resigned at 10.30am.
BBC Radio 4 reported it.
Channel 4 showed it.
The Covid-19 inquiry opened.
The U2 concert sold out.
The 7/7 attacks changed London.
Magna Carta dates from 1215.
The war of 1812 ended in 1815.
The Constitution of 1787 says so.
`

// wayAround has counts in disguise, with what is found of each.
const wayAround = `
In March 15 cities sued. | 15
During May 24 cities sued. | 24
1950 letters went out. | 1950
The department sent 1950 letters. | 1950
It cost 2000 dollars. | 2000
Some 2000 people came. | 2000
A couple of cities sued. | couple
A pair of states sued. | pair
A trio of cities sued. | trio
It took a decade. | decade
It is the third-largest award. | third-largest
Chicago ranked fifth. | fifth
The eleventh letter came. | eleventh
Only one of them sued. | one
One alone sued. | One
All but one sued. | one
Crime quintupled. | quintupled
It rose by double-digits. | double-digits
S. 500 letters went out. | 500
XII letters went out. | XII
⑦ letters went out. | ⑦
Ⅻ letters went out. | Ⅻ
41 letters went out. | 41
Ten-to-15 letters went out. | Ten-to-15
A total of 1999 cities sued. | 1999
Up to 1999 cities sued. | 1999
There were 1999 of them. | 1999
The tally is 1999. | 1999
The forty-first letter came. | forty-first
Forty‑one letters went out. | Forty‑one
10K letters went out. | 10K
The count was 41 when it came. | 41
Cities sued; one had won. | one
One was cleared. | One
And one has lost. | one
Forty-one-odd letters went out. | Forty-one-odd
Letters: 41. | 41
The letters (41) went out. | 41
It sent 41, or so, letters. | 41
It sent letters — 41 of them. | 41
It sent 41-odd letters. | 41-odd
It sent 40-plus letters. | 40-plus
It sent 40+ letters. | 40+
It sent some 40 letters. | 40
It sent nearly two score letters. | two
It sent two dozen letters. | two dozen
A baker's dozen letters went out. | dozen
A half-dozen cities sued. | half-dozen
A quarter of them sued. | A quarter
Three-quarters of them sued. | Three-quarters
One in four sued. | four
Nine-tenths sued. | Nine-tenths
It is 4x as large. | 4x
It is 4× as large. | 4
It is four times as large. | four
The ratio is 3:1. | 3:1
By a margin of three to one it lost. | three
It cost $41M. | $41M
It cost 41 million. | 41 million
It cost €41m. | €41m
It cost USD 41. | 41
It cost 41 bucks. | 41
It cost five figures. | five
It cost a six-figure sum. | six-figure
It cost millions. | millions
Hundreds of letters went out. | Hundreds
Dozens of letters went out. | Dozens
Letters went out by the hundred. | hundred
It is 1e3 letters. | 1e3
It is 0x29 letters. | 0x29
It is 41st. | 41st
It is the 41st letter. | 41st
At least nine sued. | nine
A total of nine sued. | nine
Just one sued. | one
The two sued. | two
Two-thirds sued. | Two-thirds
The other nine sued. | nine
Another nine sued. | nine
Zero cities sued. | Zero
Letters numbered 41. | 41
Letters totaled 41. | 41
The count stood at forty-one. | forty-one
It is a 41-letter campaign. | 41-letter
It is a nine-city suit. | nine-city
It is a three-way tie. | three-way
Four-letter campaign began. | Four-letter
1,999 letters went out. | 1,999
2017 cities sued. | 2017
2018 grants went out. | 2018
The city got 2018 dollars. | 2018
May 9 letters went out. | 9
It was 41 to nothing. | 41
Twenty-odd cities sued. | Twenty-odd
A score of cities sued. | A score
A couple hundred letters. | hundred
The letter came 41 days later. | 41
It ended 11 months earlier. | 11
They sued 15 weeks apart. | 15
Forty-one days later they sued. | Forty-one
Twelve years later they sued. | Twelve
They sued 41 years ago. | 41
It took a century. | century
A century of letters followed. | century
A decade of letters followed. | decade
It lasted a decade. | decade
It was a decade of letters. | decade
XLI letters went out. | XLI
The department sent XLI letters. | XLI
They wrote to XXIII people. | XXIII
S. 500 workers were fired. | 500
In all, S. 41 recipients sued. | 41
The council approved 41-9 letters. | 41
They passed 41-9 resolutions. | 41
It was 41-to-9 letters. | 41
They were aged 41 letters. | 41
In 1868 cities sued. | 1868
Since 1787 letters went out. | 1787
She turned 65 cases down. | 65
He turned 41 cities away. | 41
She is the 45th mayor to sue. | 45th
It took 41 minutes. | 41
They sued twice. | twice
The two cities sued. | two
One more city sued. | One
It is a two-city suit. | two-city
The price is kr41. | kr41
It wrote to 112 cities. | 112
The 911 letters came. | 911
`

func TestOrdinarySentences(t *testing.T) {
	for text := range strings.Lines(strings.TrimSpace(ordinary)) {
		text = strings.TrimSpace(text)
		for _, e := range expressions(text, english, nil) {
			t.Errorf("%q: %q", text, text[e.start:e.end])
		}
	}
}

func TestWaysAround(t *testing.T) {
	for line := range strings.Lines(strings.TrimSpace(wayAround)) {
		text, want, _ := strings.Cut(strings.TrimSpace(line), " | ")
		list := expressions(text, english, nil)
		if len(list) != 1 || !strings.Contains(text[list[0].start:list[0].end], want) {
			t.Errorf("%q: %v, want %q", text, list, want)
		}
	}
}

func TestNamesOfAReport(t *testing.T) {
	own := ReadNames([]string{"Notice #", "Seven Springs"})
	if list := expressions("Notice 12 and Notice 3.5 reached Seven Springs", english, own); len(list) > 0 {
		t.Error(list)
	}
	if list := expressions("Notices 12 reached seven springs", english, own); len(list) != 2 {
		t.Error(list)
	}
}
