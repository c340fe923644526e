import { isParty } from '../../assurances.ts';
import { impliedKinds } from '../../data-kinds.ts';
import type { Frequency, Keeping } from '../../model/catalogue.ts';
import type { MatrixFramework, MatrixRequirement, MatrixService, Party } from '../../model/matrix.ts';
import type { Place, ProviderRecord } from '../../model/system.ts';
import { isExcluded } from '../exclusions.ts';
import { holdsIn } from '../rows.ts';
import type { Scene } from './scene.ts';

/** What frameworks ask to have on file, and about whom. Which framework asks what is said in its file. */

/** Something that a framework in scope asks to have on file. */
export interface Asked {
  framework: MatrixFramework;
  /** Keys of the requirements that ask it here. */
  requirements: string[];
  /** The conditions stated deny that any of them applies. */
  denied: boolean;
  within?: Frequency;
}

/** The frameworks that ask to have something on file. One that is denied by a condition is among them: what is in use says otherwise. */
export function asked(scene: Pick<Scene, 'matrix'>, keep: Keeping): Asked[] {
  return scene.matrix.frameworks.flatMap((framework) =>
    framework.onFile
      .filter((kept) => kept.keep === keep)
      .flatMap((kept): Asked[] => {
        const named = framework.requirements.filter(({ id }) => kept.requirements.includes(id));
        const bound = named.filter((requirement) => binds(requirement, framework));
        const applying = bound.filter(({ row }) => row.ownership !== 'not-applicable');
        const denied = bound.filter((requirement) => isDenied(requirement, framework, scene));
        const asking = applying.length > 0 ? applying : denied;
        if (asking.length === 0) return [];
        return [
          {
            framework,
            requirements: asking.map(({ row }) => row.key),
            denied: applying.length === 0,
            ...(kept.within ? { within: kept.within } : {}),
          },
        ];
      }),
  );
}

function binds(requirement: MatrixRequirement, framework: MatrixFramework): boolean {
  return requirement.binds.length === 0 || requirement.binds.some((role) => framework.organizationRoles.includes(role));
}

/** Whether nothing but a condition takes a requirement away. */
function isDenied(requirement: MatrixRequirement, framework: MatrixFramework, { matrix }: Pick<Scene, 'matrix'>): boolean {
  if (matrix.exclusions.some((exclusion) => exclusion.requirement === requirement.row.key && isExcluded(exclusion, matrix.asOf)))
    return false;
  if (requirement.category && !framework.chosenCategories.includes(requirement.category)) return false;
  return matrix.conditions.some((condition) => requirement.when.includes(condition.id) && !holdsIn(condition, framework.id));
}

/** What is printed where the conditions stated deny what is in use. */
export const DENIED = 'Under `conditions:` the description says that this does not occur.';

/** A provider or third party in the scope of frameworks that ask to have something on file about it. */
export interface AskedOf {
  party: Party;
  /** Its services in the scope of those frameworks. */
  services: MatrixService[];
  frameworks: MatrixFramework[];
  requirements: string[];
  denied: boolean;
  /** How often it has to be renewed, by each framework that says so. */
  within: Frequency[];
  records: ProviderRecord[];
}

/** Every party about which something is asked to be on file. */
export function askedOf(scene: Scene, keep: Keeping): AskedOf[] {
  const asking = asked(scene, keep);
  return scene.matrix.parties.flatMap((party): AskedOf[] => {
    const own = asking.flatMap((entry) => {
      const services = servicesOf(party, entry.framework, scene);
      return services.length > 0 ? [{ ...entry, services }] : [];
    });
    if (own.length === 0) return [];
    const services = new Set(own.flatMap((entry) => entry.services));
    return [
      {
        party,
        services: scene.matrix.services.filter((service) => services.has(service)),
        frameworks: own.map(({ framework }) => framework),
        requirements: scene.inOrder(own.flatMap(({ requirements }) => requirements)),
        denied: own.every(({ denied }) => denied),
        within: own.flatMap(({ within }) => within ?? []),
        records: recordsOf(party, scene),
      },
    ];
  });
}

/** The services in the scope of a framework that a provider provides, or some layers of which a third party runs. */
export function servicesOf(party: Party, framework: MatrixFramework, { matrix }: Pick<Scene, 'matrix'>): MatrixService[] {
  if (party.kind === 'customer') return [];
  const inScope = new Set(framework.services);
  return matrix.services.filter((service) => inScope.has(service.id) && isRunBy(service, party));
}

/** Whether a party provides a service or runs layers of it. */
export function isRunBy(service: MatrixService, party: Party): boolean {
  return service.partyId === party.id || service.managedBy.some((managed) => managed.party === party.id);
}

/** What is on file about a party beside its assurances. */
export function recordsOf(party: Party, { matrix }: Pick<Scene, 'matrix'>): ProviderRecord[] {
  return matrix.providerRecords.filter((record) => isParty(record.provider, party));
}

/** Where the description speaks of a party: its record, else the first of its services. */
export function placeOf({ records, services }: Pick<AskedOf, 'records' | 'services'>): Place | undefined {
  return records[0]?.place ?? services[0]?.place;
}

/** Whether a service itself holds data that bring it into the scope of a framework. */
export function holdsScoped(service: MatrixService, framework: MatrixFramework, { matrix }: Pick<Scene, 'matrix'>): boolean {
  const wanted = framework.scope.data;
  const kinds = impliedKinds(service.data, matrix);
  return wanted === 'all' ? !kinds.includes('none') : wanted.some((kind) => kinds.includes(kind));
}
