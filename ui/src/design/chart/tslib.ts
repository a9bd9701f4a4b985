/**
 * Stands in for tslib, of which ECharts uses this one function. The original
 * assigns `constructor`, and an assignment fails where the shell has frozen
 * `Object.prototype` (`freezePrototype` of tauri.conf.json): what is inherited
 * read-only cannot be shadowed that way. A definition can.
 */
export function __extends(derived: { prototype: object }, base: { prototype: object }): void {
  Object.setPrototypeOf(derived, base)
  derived.prototype = Object.create(base.prototype, { constructor: { value: derived, writable: true, configurable: true } }) as object
}
