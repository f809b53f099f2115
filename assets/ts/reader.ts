// What the site's pages add for readers who have scripts; all is there without.
import { disk } from './disk';
import { embed } from './embed';
import { finder } from './find';
import { pictures } from './picture';
import { points } from './points';
import { tables } from './table';
import { timelines } from './timeline';
import { target, traces } from './trace';

disk();
points(); // before tables, whose headings it reads
tables();
timelines();
pictures();
finder();
target();
embed() || traces();
