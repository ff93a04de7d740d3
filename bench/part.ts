import { measureClocks } from './clocks.ts';
import { prepare } from './data-set.ts';
import { INGEST_VARIANTS, measureIngest, measureParse } from './ingest.ts';
import { measureJoining } from './join-hub.ts';
import { measureList } from './list-page.ts';
import { measureBackfill } from './scale/backfill.ts';
import { copyIndex } from './scale/copy-index.ts';
import { indexWhileWritten } from './scale/index-all.ts';
import { checkScale, prepareScale } from './scale/make-workspace.ts';
import { measureScale } from './scale/measure-scale.ts';
import { measureReevaluation } from './reevaluate.ts';
import { calibrate } from './measure.ts';
import { measureStaffedRunway } from './staffed-runway.ts';
import { measureTriage } from './triage.ts';
import { measureYearCheck } from './year-check.ts';

/** One part of the measurement in a process of its own: `part.mjs <name> <JSON>`; the answer is one line of JSON on standard output. */
interface PartRequest {
  readonly folder: string;
  readonly count: number;
  readonly variant: string;
  readonly calls: number;
  /** Of `copy-index`: the workspace that the other one is made of. */
  readonly from: string;
}

async function run(name: string, request: PartRequest): Promise<unknown> {
  const { folder, count } = request;
  switch (name) {
    case 'calibrate':
      return calibrate();
    case 'prepare':
      return prepare(folder, count);
    case 'ingest': {
      const variant = INGEST_VARIANTS.find((each) => each === request.variant);
      if (variant === undefined) throw new RangeError(`no variant ${request.variant}`);
      return measureIngest(folder, variant, count);
    }
    case 'parse':
      return measureParse(folder, count);
    case 'clocks':
      return measureClocks(count);
    case 'reevaluate':
      return measureReevaluation(folder);
    case 'year-check':
      return measureYearCheck(count, 3 * count);
    case 'staffed-runway':
      return measureStaffedRunway(count, 20);
    case 'triage':
      return measureTriage(folder, count, 200);
    case 'joining':
      return measureJoining(folder, count);
    case 'prepare-scale':
      return prepareScale(folder, count);
    case 'scale':
      return measureScale(folder, count, request.calls);
    case 'check-scale':
      return checkScale(folder, count);
    case 'backfill':
      return measureBackfill(folder, count, request.calls);
    case 'copy-index':
      return copyIndex(request.from, folder);
    case 'index-scale':
      return indexWhileWritten(folder);
    case 'list':
      return measureList(folder, count);
    default:
      throw new RangeError(`no part ${name}`);
  }
}

const [, , name = '', request = '{}'] = process.argv;
const answer = await run(name, JSON.parse(request) as PartRequest);
process.stdout.write(`${JSON.stringify(answer)}\n`);
