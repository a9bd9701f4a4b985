import type { ComputedRef, InjectionKey } from 'vue'

/** Id of the rule set whose lines are named below; empty for none that can be opened. */
export const ruleSetId: InjectionKey<ComputedRef<string>> = Symbol('rule set')
