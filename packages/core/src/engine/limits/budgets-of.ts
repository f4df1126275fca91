import type { TypingProvider } from '../../contract/typing-provider.ts';
import { Budget } from './budget.ts';

/** Finds the budget on which a target types: one for the whole provider, unless that has a `budgetKey`. */
export function budgetsOf(provider: TypingProvider): (target: unknown) => Budget {
  const limit = provider.capabilities.budget;
  const shared = new Budget(limit);
  if (!provider.budgetKey) return () => shared;

  const budgets = new Map<string, Budget>();
  return (target) => {
    const key = provider.budgetKey?.(target) ?? '';
    const known = budgets.get(key);
    if (known) return known;
    const budget = new Budget(limit);
    budgets.set(key, budget);
    return budget;
  };
}
