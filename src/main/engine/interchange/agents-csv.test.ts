import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ability, agent, date, hub, roster } from '../../../../test/coverage/team.ts';
import type { AgentsCsvPreview } from '../../../shared/contract/coverage.contract.ts';
import { ABILITY_LEVELS, AGENT_TIERS } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { WEEKDAYS } from '../../../shared/domain/time/local-time.ts';
import { agentsCsv, agentsCsvExample, readAgentsCsv } from './agents-csv.ts';

const lisbon = hub('lisbon', 'Europe/Lisbon');
const seoul = hub('seoul', 'Asia/Seoul');
const ann = agent('ann', {
  hubId: lisbon.hubId,
  zone: 'Europe/Lisbon',
  contract: { hoursPerWeek: 32, from: date('2025-03-01'), until: null },
  skills: [ability('withdrawals', { level: 'expert', until: date('2026-12-31') })],
  languages: [ability('pt-PT', { level: 'expert' }), ability('en')],
  tiers: ['L1', 'L2'],
  pattern: { mon: [{ openMinute: 540, closeMinute: 1080 }], sat: [{ openMinute: 1320, closeMinute: 360 }] },
});
const TEAM = roster({ hubs: [lisbon, seoul], agents: [ann, agent('ben')] });

function ids(): () => AgentId {
  let count = 0;
  return () => makeId('agt', `new-${String((count += 1))}`);
}

function read(text: string, team = TEAM): AgentsCsvPreview {
  return readAgentsCsv(text, team, ids());
}

/** Lines as `number status changes errors`. */
function lines({ rows }: AgentsCsvPreview): string[] {
  return rows.map(({ line, status, changes, errors }) =>
    [line, status, ...changes, ...errors.map(({ column, code, value }) => `${column}/${code}/${value}`)].join(' '),
  );
}

describe('a table of people', () => {
  test('is read field by field', () => {
    const found = read(
      [
        'name,hub,zone,hours,from,until,skills,languages,tiers,mon,fri',
        'Kim Min-ji,Seoul,Asia/Seoul,"37,5",2026-01-01,2026-12-31,withdrawals:expert; kyc,ko:expert; zh_hans,L1; lead,09:00-18:00,08:00-12:00|22:00-06:00',
      ].join('\n'),
    );
    expect(found).toMatchObject({ problem: null, ignoredColumns: [] });
    expect(found.rows).toEqual([
      {
        line: 2,
        status: 'new',
        name: 'Kim Min-ji',
        changes: [],
        errors: [],
        agent: {
          agentId: 'agt_new-1',
          name: 'Kim Min-ji',
          hubId: seoul.hubId,
          zone: 'Asia/Seoul',
          contract: { hoursPerWeek: 37.5, from: date('2026-01-01'), until: date('2026-12-31') },
          skills: [ability('withdrawals', { level: 'expert' }), ability('kyc')],
          languages: [ability('ko', { level: 'expert' }), ability('zh-Hans')],
          tiers: ['L1', 'lead'],
          pattern: {
            mon: [{ openMinute: 540, closeMinute: 1080 }],
            fri: [
              { openMinute: 480, closeMinute: 720 },
              { openMinute: 1320, closeMinute: 360 },
            ],
          },
          isActive: true,
        },
      },
    ]);
  });

  test('has its columns named in Chinese', () => {
    const found = read('姓名;站点;每周工时;语言;级别;周一;备注\r\n金敏智;seoul;40;ko：母语、zh-Hans：基础;二线;9:00至18:00;早\r\n');
    expect(found.ignoredColumns).toEqual(['备注']);
    expect(found.rows[0]?.agent).toMatchObject({
      name: '金敏智',
      zone: 'Asia/Seoul',
      languages: [
        { name: 'ko', level: 'expert' },
        { name: 'zh-Hans', level: 'basic' },
      ],
      tiers: ['L2'],
      pattern: { mon: [{ openMinute: 540, closeMinute: 1080 }] },
    });
  });

  test.each([
    ['commas', 'name,hours\nKim,20\n'],
    ['semicolons', 'name;hours\nKim;20\n'],
    ['tabs', 'name\thours\nKim\t20\n'],
    ['a mark, carriage returns and quotes', '\ufeff"name","hours"\r\n"Kim","20"\r\n'],
    ['no line end, spaces and an empty line', 'Name , Hours per week\n\n Kim , 20 '],
    ['old line ends', 'name,hours\rKim,20\r'],
  ])('with %s', (_what, text) => {
    const [row, ...rest] = read(text, roster({ hubs: [lisbon], agents: [agent('Kim')] })).rows;
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ status: 'changed', changes: ['contract'], agent: { contract: { hoursPerWeek: 20 } } });
  });

  test('with quotes, separators and line breaks in its fields keeps count of lines', () => {
    const found = read('name,hub,zone\n"O""Neil, ""Pat""\nJr.",lisbon,\n\n"Lee",nowhere,\n');
    expect(lines(found)).toEqual(['2 new', '5 error hub/unknown-hub/nowhere']);
    expect(found.rows[0]?.name).toBe('O"Neil, "Pat" Jr.');
  });
});

test('of two columns that mean the same the first counts', () => {
  const found = read('name,hours,hours per week\nann,20,99\n');
  expect(found.ignoredColumns).toEqual(['hours per week']);
  expect(found.rows[0]?.agent?.contract.hoursPerWeek).toBe(20);
});

describe('against the team', () => {
  test('a line is about the member with its id, else with its name', () => {
    const found = read(
      `id,name,hours\n${ann.agentId},Anna,32\n,BEN,40\nagt_other,ann,40\nE-17,Dan,40\n`
        .replace('hours', 'hours,zone')
        .replaceAll(/(\d\d)\n/gu, '$1,UTC\n'),
    );
    expect(lines(found)).toEqual(['2 changed name zone', '3 changed name', '4 new', '5 new']);
    expect(found.rows.map((row) => row.agent?.agentId)).toEqual([ann.agentId, 'agt_ben', 'agt_other', 'agt_new-1']);
  });

  test('says what would change, and leaves alone what the file does not speak of', () => {
    const found = read('name,hub,tiers,sat\nann,seoul,L2,\n');
    expect(lines(found)).toEqual(['2 changed hub tiers pattern']);
    expect(found.rows[0]?.agent).toEqual({ ...ann, hubId: seoul.hubId, tiers: ['L2'], pattern: { mon: ann.pattern.mon } });
  });

  test('an ability keeps its days and its level where none is said', () => {
    const found = read('name,skills,languages\nann,Withdrawals; kyc:basic,en; pt-PT\n');
    expect(lines(found)).toEqual(['2 changed skills']);
    expect(found.rows[0]?.agent?.skills).toEqual([ann.skills[0], ability('kyc', { level: 'basic' })]);
  });

  test('an emptied field is emptied, but everybody has a zone and hours', () => {
    const found = read('name,hub,zone,hours,from,skills,tiers\nann,,,,,,\n');
    expect(found.rows[0]?.agent).toEqual({ ...ann, hubId: null, contract: { ...ann.contract, from: null }, skills: [], tiers: [] });
  });

  test('who left stays gone', () => {
    const left = { ...ann, isActive: false };
    expect(read('name,hours\nann,32\n', roster({ hubs: [lisbon], agents: [left] })).rows[0]).toMatchObject({
      status: 'unchanged',
      agent: left,
    });
  });
});

describe('what is wrong is told by line, column and value', () => {
  test.each([
    ['name', '', 'name/missing/'],
    ['name', 'x'.repeat(121), `name/too-long/${'x'.repeat(100)}`],
    ['hub', 'Atlantis', 'hub/unknown-hub/Atlantis'],
    ['zone', 'Mars/Olympus', 'zone/unknown-zone/Mars/Olympus'],
    ['zone', 'UTC+8', 'zone/unknown-zone/UTC+8'],
    ['hours', 'forty', 'hours/bad-number/forty'],
    ['hours', '169', 'hours/bad-number/169'],
    ['hours', '-1', 'hours/bad-number/-1'],
    ['from', '31.12.2026', 'from/bad-date/31.12.2026'],
    ['from', '2026-02-30', 'from/bad-date/2026-02-30'],
    ['skills', 'kyc:superb', 'skills/bad-level/kyc:superb'],
    ['skills', 'kyc; KYC', 'skills/duplicate/KYC'],
    ['skills', 'y'.repeat(61), `skills/too-long/${'y'.repeat(61)}`],
    ['languages', 'english', 'languages/bad-language/english'],
    ['languages', 'pt-', 'languages/bad-language/pt-'],
    ['tiers', 'L3', 'tiers/bad-tier/L3'],
    ['mon', '9-18', 'mon/bad-hours/9-18'],
    ['mon', '09:00-25:00', 'mon/bad-hours/09:00-25:00'],
    ['mon', '24:00-06:00', 'mon/bad-hours/24:00-06:00'],
  ])('%s: %s', (column, value, expected) => {
    const header = column === 'name' ? 'name,zone' : `name,${column === 'zone' ? 'zone' : `zone,${column}`}`;
    const row = column === 'name' ? `${value},UTC` : column === 'zone' ? `Kim,${value}` : `Kim,UTC,"${value}"`;
    expect(lines(read(`${header}\n${row}\n`))).toEqual([`2 error ${expected}`]);
  });

  test('all of a line at once, and no other line', () => {
    expect(lines(read('name,zone,hours,tiers\nKim,Nowhere,x,L9\nLee,UTC,40,L1\n'))).toEqual([
      '2 error zone/unknown-zone/Nowhere hours/bad-number/x tiers/bad-tier/L9',
      '3 new',
    ]);
  });

  test('somebody new needs a zone or a hub', () => {
    expect(lines(read('name\nKim\n'))).toEqual(['2 error zone/missing/']);
    expect(read('name,hub\nKim,Lisbon\n').rows[0]?.agent?.zone).toBe('Europe/Lisbon');
  });

  test('an end before the begin', () => {
    expect(lines(read('name,from,until\nann,2026-05-01,2026-04-30\n'))).toEqual(['2 error until/bad-date/2026-04-30']);
    expect(lines(read('name,until\nann,2025-02-28\n'))).toEqual(['2 error until/bad-date/2025-02-28']);
  });

  test('one person twice, also by id and by name', () => {
    expect(lines(read('name,zone\nKim,UTC\nkim,UTC\n'))).toEqual(['2 new', '3 error name/duplicate/kim']);
    expect(lines(read(`id,name\n${ann.agentId},Anna\n,ann\n`))).toEqual(['2 changed name', '3 error name/duplicate/ann']);
    const twins = roster({ agents: [agent('ann'), { ...agent('ann2'), name: 'Ann' }] });
    expect(lines(read('name\nann\n', twins))).toEqual(['2 error name/duplicate/ann']);
  });

  test('lines of another length, and quotes that are none', () => {
    expect(lines(read('name,hours\nKim,40,x\nLee\nann,32\n'))).toEqual([
      '2 error /wrong-columns/3',
      '3 error /wrong-columns/1',
      '4 unchanged',
    ]);
    expect(lines(read('name,hours\nann,32\nK"im,40\n'))).toEqual(['2 unchanged', '3 error /wrong-columns/']);
  });
});

describe('what is no such table', () => {
  test.each([
    ['empty', ''],
    ['empty', '\ufeff \n\n'],
    ['empty', 'name,hub\n'],
    ['no-name-column', 'agent number,site\n1,Lisbon\n'],
    ['no-name-column', '<html><body>hello</body></html>\n<p>x</p>\n'],
    ['not-csv', 'PK\u0003\u0004\0\0name'],
    ['too-large', `name\n${'x\n'.repeat(5_001)}`],
    ['not-csv', `name\n${'"x"y\n'.repeat(6_000)}`],
  ])('%s', (problem, text) => {
    expect(read(text)).toMatchObject({ rows: [], problem });
  });

  test('nothing is ever thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom('name', ',', ';', '"', '\n', '\r', 'ann', '\t', "'", '=')).map((parts) => parts.join('')),
        ),
        (text) => {
          const { rows, problem } = read(`name,hub\n${text}`);
          expect(problem === null || rows.length === 0).toBe(true);
          expect(rows.every((row) => (row.agent === null) === row.errors.length > 0 && row.line >= 1)).toBe(true);
        },
      ),
    );
  });
});

describe('the team as a table', () => {
  test('comes back unchanged', () => {
    expect(lines(read(agentsCsv(TEAM)))).toEqual(['2 unchanged', '3 unchanged']);
    const names = fc.string({ minLength: 1, maxLength: 20 }).map((name) => name.trim().replaceAll(/\s+/gu, ' '));
    const abilities = fc.uniqueArray(
      fc.record({ name: fc.constantFrom('kyc', 'cards', 'withdrawals', 'api'), level: fc.constantFrom(...ABILITY_LEVELS) }),
      { selector: ({ name }) => name },
    );
    const windows = fc.uniqueArray(
      fc.record({ openMinute: fc.integer({ min: 0, max: 1439 }), closeMinute: fc.integer({ min: 0, max: 1440 }) }),
      { maxLength: 3, selector: ({ openMinute }) => openMinute },
    );
    const agents = fc.uniqueArray(
      fc.record({
        name: names.filter((name) => name !== '' && !/^'[=+\-@]|\0/u.test(name)),
        hours: fc.integer({ min: 0, max: 168 }),
        skills: abilities,
        tiers: fc.subarray([...AGENT_TIERS]),
        hours2: windows,
        day: fc.constantFrom(...WEEKDAYS),
      }),
      { minLength: 1, maxLength: 6, selector: ({ name }) => name.toLowerCase() },
    );
    fc.assert(
      fc.property(agents, (made) => {
        const team = made.map(({ name, hours, skills, tiers, hours2, day }, index): AgentProfile => ({
          ...agent(`a${String(index)}`),
          name,
          hubId: lisbon.hubId,
          contract: { hoursPerWeek: hours, from: null, until: date('2027-01-01') },
          skills: skills.map(({ name: skill, level }) => ability(skill, { level })),
          tiers,
          pattern: hours2.length === 0 ? {} : { [day]: hours2.toSorted((a, b) => a.openMinute - b.openMinute) },
        }));
        const of = roster({ hubs: [lisbon], agents: team });
        const found = read(agentsCsv(of), of);
        expect(found.rows.map((row) => [row.status, row.errors])).toEqual(team.map(() => ['unchanged', []]));
        expect(found.rows.map((row) => row.agent)).toEqual(team);
      }),
    );
  });

  test('holds who is there', () => {
    expect(agentsCsv(roster({ agents: [{ ...ann, isActive: false }] })).split('\r\n')).toEqual([
      '\ufeffid,name,hub,zone,hours,from,until,skills,languages,tiers,mon,tue,wed,thu,fri,sat,sun',
      '',
    ]);
  });

  test('calculates nothing in a table program', () => {
    const evil = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '＝1'].map((name, index) => ({
      ...agent(`e${String(index)}`),
      name,
    }));
    const text = agentsCsv(roster({ agents: evil }));
    const cells = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[1] ?? '');
    expect(cells.map((cell) => cell.replace(/^"/u, '').slice(0, 1))).toEqual(evil.map(() => "'"));
    expect(lines(read(text, roster({ agents: evil.map((each) => ({ ...each, name: each.name.trim() })) })))).toEqual(
      evil.map((_each, index) => `${String(index + 2)} unchanged`),
    );
  });

  test('has an example that can be imported as it is', () => {
    for (const hubs of [[], [lisbon], [lisbon, seoul]]) {
      const found = read(agentsCsvExample(hubs), roster({ hubs }));
      expect(lines(found)).toEqual(['2 new', '3 new']);
      expect(found.ignoredColumns).toEqual([]);
    }
  });
});
