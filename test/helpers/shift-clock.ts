/*
 * Preloaded by `node --import`: shifts the clock of this process by `CLOCK_SHIFT_MS`, as after a wrong correction of
 * the machine's time. The monotonic clock is not changed.
 */
const shiftMs = Number(process.env["CLOCK_SHIFT_MS"] ?? 0);
const SystemDate = Date;

globalThis.Date = new Proxy(SystemDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + shiftMs] : args, newTarget) as Date,
  get: (target, name, receiver) =>
    name === "now" ? () => target.now() + shiftMs : (Reflect.get(target, name, receiver) as unknown),
});
