import type { Ownership, Part, Party } from '../model/matrix.ts';

/**
 * Rolls parts up to an ownership. A union: no duty can be hidden by it. A third party that runs the customer's layers stands on the
 * customer's side, but what it owes as a processor or business associate it owes as a provider; what nobody has spoken for counts as the customer's, and alone makes the result `not-determined`.
 */
export function ownershipOf(
  parts: readonly Pick<Part, 'party' | 'component' | 'dependent' | 'undetermined'>[],
  parties: ReadonlyMap<string, Pick<Party, 'kind'>>,
): Ownership {
  let provider = false;
  let customer = false;
  let thirdParty = false;
  let determined = false;
  let dependent = false;
  for (const part of parts) {
    if (!part.undetermined) determined = true;
    if (part.dependent) dependent = true;
    const kind = part.undetermined ? 'customer' : parties.get(part.party)?.kind;
    if (kind === 'provider' || (kind === 'third-party' && part.component === 'provider-organization')) provider = true;
    else if (kind === 'third-party') thirdParty = true;
    else customer = true;
  }
  if (!determined) return 'not-determined';
  const sides = Number(provider) + Number(customer) + Number(thirdParty);
  if (sides > 1) return dependent ? 'shared-dependent' : 'shared-independent';
  return provider ? 'provider' : thirdParty ? 'third-party' : 'customer';
}
