import { addDays, epochDayOf, formatLocalDate, weekdayOf, WEEKDAYS } from './local-time.ts';
import type { LocalDate, Weekday } from './local-time.ts';

export interface Holiday {
  readonly date: LocalDate;
  readonly name: string;
}

/** A rule that gives a date in a year. */
type Rule = (year: number) => LocalDate;

/**
 * Easter Sunday of the Gregorian calendar.
 * Source: the anonymous algorithm published in Nature, 20 April 1876, as in J. Meeus, Astronomical Algorithms, chapter 8.
 */
export function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return { year, month: Math.floor(sum / 31), day: (sum % 31) + 1 };
}

function fixed(month: number, day: number): Rule {
  return (year) => ({ year, month, day });
}
function easter(offset: number): Rule {
  return (year) => addDays(easterSunday(year), offset);
}
/** The n-th weekday of a month; -1 is the last. */
function nth(n: number, weekday: Weekday, month: number): Rule {
  return (year) => {
    const base =
      n > 0
        ? { year, month, day: 1 }
        : addDays(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 }, -7);
    const ahead = (WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(weekdayOf(base)) + 7) % 7;
    return addDays(base, ahead + (n > 0 ? (n - 1) * 7 : 0));
  };
}
/** Saturday's is kept on Friday, Sunday's on Monday (United States Code, title 5, section 6103). */
function observedUs(rule: Rule): Rule {
  return (year) => {
    const date = rule(year);
    const day = weekdayOf(date);
    return day === 'sat' ? addDays(date, -1) : day === 'sun' ? addDays(date, 1) : date;
  };
}
/** A bank holiday at the weekend is kept on the next weekday that is none itself; `taken` says how many are before it. */
function substituteUk(rule: Rule, taken: number): Rule {
  return (year) => {
    const date = rule(year);
    const day = weekdayOf(date);
    const ahead = day === 'sat' ? 2 : day === 'sun' ? 1 + taken : 0;
    return addDays(date, ahead);
  };
}

/** National public holidays; those of regions and cities are a matter of an ICS file. */
const RULES: Readonly<Record<string, readonly (readonly [string, Rule])[]>> = {
  BR: [
    ['Confraternização Universal', fixed(1, 1)],
    ['Sexta-feira Santa', easter(-2)],
    ['Tiradentes', fixed(4, 21)],
    ['Dia do Trabalho', fixed(5, 1)],
    ['Independência do Brasil', fixed(9, 7)],
    ['Nossa Senhora Aparecida', fixed(10, 12)],
    ['Finados', fixed(11, 2)],
    ['Proclamação da República', fixed(11, 15)],
    ['Dia da Consciência Negra', fixed(11, 20)],
    ['Natal', fixed(12, 25)],
  ],
  DE: [
    ['Neujahr', fixed(1, 1)],
    ['Karfreitag', easter(-2)],
    ['Ostermontag', easter(1)],
    ['Tag der Arbeit', fixed(5, 1)],
    ['Christi Himmelfahrt', easter(39)],
    ['Pfingstmontag', easter(50)],
    ['Tag der Deutschen Einheit', fixed(10, 3)],
    ['1. Weihnachtstag', fixed(12, 25)],
    ['2. Weihnachtstag', fixed(12, 26)],
  ],
  ES: [
    ['Año Nuevo', fixed(1, 1)],
    ['Epifanía del Señor', fixed(1, 6)],
    ['Viernes Santo', easter(-2)],
    ['Fiesta del Trabajo', fixed(5, 1)],
    ['Asunción de la Virgen', fixed(8, 15)],
    ['Fiesta Nacional', fixed(10, 12)],
    ['Todos los Santos', fixed(11, 1)],
    ['Día de la Constitución', fixed(12, 6)],
    ['Inmaculada Concepción', fixed(12, 8)],
    ['Navidad', fixed(12, 25)],
  ],
  FR: [
    ['Jour de l’An', fixed(1, 1)],
    ['Lundi de Pâques', easter(1)],
    ['Fête du Travail', fixed(5, 1)],
    ['Victoire 1945', fixed(5, 8)],
    ['Ascension', easter(39)],
    ['Lundi de Pentecôte', easter(50)],
    ['Fête nationale', fixed(7, 14)],
    ['Assomption', fixed(8, 15)],
    ['Toussaint', fixed(11, 1)],
    ['Armistice 1918', fixed(11, 11)],
    ['Noël', fixed(12, 25)],
  ],
  GB: [
    ['New Year’s Day', substituteUk(fixed(1, 1), 0)],
    ['Good Friday', easter(-2)],
    ['Easter Monday', easter(1)],
    ['Early May bank holiday', nth(1, 'mon', 5)],
    ['Spring bank holiday', nth(-1, 'mon', 5)],
    ['Summer bank holiday', nth(-1, 'mon', 8)],
    ['Christmas Day', substituteUk(fixed(12, 25), 1)],
    ['Boxing Day', substituteUk(fixed(12, 26), 1)],
  ],
  PT: [
    ['Ano Novo', fixed(1, 1)],
    ['Sexta-feira Santa', easter(-2)],
    ['Domingo de Páscoa', easter(0)],
    ['Dia da Liberdade', fixed(4, 25)],
    ['Dia do Trabalhador', fixed(5, 1)],
    ['Corpo de Deus', easter(60)],
    ['Dia de Portugal', fixed(6, 10)],
    ['Assunção de Nossa Senhora', fixed(8, 15)],
    ['Implantação da República', fixed(10, 5)],
    ['Todos os Santos', fixed(11, 1)],
    ['Restauração da Independência', fixed(12, 1)],
    ['Imaculada Conceição', fixed(12, 8)],
    ['Natal', fixed(12, 25)],
  ],
  US: [
    ['New Year’s Day', observedUs(fixed(1, 1))],
    ['Martin Luther King Jr. Day', nth(3, 'mon', 1)],
    ['Washington’s Birthday', nth(3, 'mon', 2)],
    ['Memorial Day', nth(-1, 'mon', 5)],
    ['Juneteenth', observedUs(fixed(6, 19))],
    ['Independence Day', observedUs(fixed(7, 4))],
    ['Labor Day', nth(1, 'mon', 9)],
    ['Columbus Day', nth(2, 'mon', 10)],
    ['Veterans Day', observedUs(fixed(11, 11))],
    ['Thanksgiving Day', nth(4, 'thu', 11)],
    ['Christmas Day', observedUs(fixed(12, 25))],
  ],
};

/** Countries whose national holidays follow rules that are exact for every year (ISO 3166-1 alpha-2). */
export const HOLIDAY_COUNTRIES: readonly string[] = Object.keys(RULES);

/** The national public holidays of a country in a year, by date; empty for a country that is not built in. */
export function builtInHolidays(country: string, year: number): readonly Holiday[] {
  const rules = Object.hasOwn(RULES, country) ? (RULES[country] ?? []) : [];
  const seen = new Set<string>();
  return rules
    .map(([name, rule]) => ({ name, date: rule(year) }))
    .sort((a, b) => epochDayOf(a.date) - epochDayOf(b.date))
    .filter(({ date }) => {
      const key = formatLocalDate(date);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}
