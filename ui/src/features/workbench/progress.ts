import type { CreditProgress } from '@/bridge/generated'
import type { ChartBar } from '@/design/chart/BarChart.vue'
import { t } from '@/i18n'

/** How far those with a requirement are, as bars: lined where it is open, dotted where the rules leave it open, plain where it is met. */
export function progressBars(progress: CreditProgress): ChartBar[] {
  const quarters = progress.quarters.map((count, index): ChartBar => ({ name: t(`warnings.quarter_${index as 0 | 1 | 2 | 3}`), count, tone: index < 2 ? 'c1' : 'c2', pattern: 'lines' }))
  const undecided: ChartBar[] = progress.undecided > 0 ? [{ name: t('warnings.undecided'), count: progress.undecided, tone: 'c4', pattern: 'dots' }] : []
  return [...quarters, ...undecided, { name: t('warnings.met'), count: progress.met, tone: 'ok', pattern: 'plain' }]
}
