import type { CamtDate } from "../camt.ts";

/** ISODate and ISODateTime: XSD date and dateTime, years of four digits. */
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/** Parses a date or time; undefined if there is no such day or time. */
export function parseDate(text: string): CamtDate | undefined {
  const [, year = "", month = "", day = "", hour, minute = "", second = "", fraction = "", zone] =
    DATE.exec(text) ?? [];
  if (!isCalendarDate(Number(year), Number(month), Number(day))) return undefined;
  const offsetMinutes = zone === undefined ? 0 : parseZone(zone);
  if (offsetMinutes === undefined) return undefined;
  const date = text.slice(0, 10);
  if (hour === undefined) return { text, date, instant: undefined };
  if (!isTimeOfDay(Number(hour), Number(minute), Number(second), fraction)) return undefined;
  if (zone === undefined) return { text, date, instant: undefined };
  const minutes = Number(hour) * 60 + Number(minute) - offsetMinutes;
  const milliseconds = Number(fraction.slice(1, 4).padEnd(3, "0"));
  const instantMs = Date.parse(`${date}T00:00:00Z`) + (minutes * 60 + Number(second)) * 1_000 + milliseconds;
  return { text, date, instant: new Date(instantMs).toISOString() };
}

/** Returns true for a date of the Gregorian calendar, from year 1 on. */
function isCalendarDate(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  if (month === 2) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return day <= (isLeap ? 29 : 28);
  }
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

/** Returns true for a valid time. XSD writes the end of a day as 24:00:00, and has no leap seconds. */
function isTimeOfDay(hour: number, minute: number, second: number, fraction: string): boolean {
  if (hour === 24) return minute === 0 && second === 0 && /^\.?0*$/.test(fraction);
  return hour < 24 && minute < 60 && second < 60;
}

/** Returns minutes east of UTC, up to 14 hours; undefined if the zone is invalid. */
function parseZone(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
