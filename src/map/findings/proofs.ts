import { hasBegun, isInForce, isParty } from '../../assurances.ts';
import type { MatrixFramework, MatrixService, Party } from '../../model/matrix.ts';
import type { Assurance } from '../../model/system.ts';
import { asked, servicesOf } from './kept.ts';
import type { Scene } from './scene.ts';

/** The proof that a framework expects of one party, and what is on file of it. */
export interface Proof {
  framework: MatrixFramework;
  party: Party;
  /** Services of the party in the scope of the framework. */
  services: MatrixService[];
  /** Keys of the requirements that ask for the proof. */
  requirements: string[];
  /** The conditions stated deny that any of them applies. */
  denied: boolean;
  /** Documents of an expected kind from the party, but for those of the future. */
  onFile: Assurance[];
  /** Those that still count. */
  inForce: Assurance[];
}

/** Every proof that a framework in scope expects of a party. */
export function proofsOf(scene: Pick<Scene, 'matrix'>): Proof[] {
  const { matrix } = scene;
  const asking = asked(scene, 'assurance');
  return matrix.frameworks.flatMap((framework) => {
    const own = asking.filter((entry) => entry.framework === framework);
    // A framework may expect proof without naming a requirement; one that names some asks only where one of them applies.
    const silent = !framework.onFile.some((kept) => kept.keep === 'assurance');
    if (framework.expects.length === 0 || (own.length === 0 && !silent)) return [];
    return matrix.parties.flatMap((party): Proof[] => {
      const services = servicesOf(party, framework, scene);
      if (services.length === 0) return [];
      const onFile = matrix.assurances.filter(
        (assurance) =>
          framework.expects.includes(assurance.type) && isParty(assurance.provider, party) && hasBegun(assurance, matrix.asOf),
      );
      return [
        {
          framework,
          party,
          services,
          requirements: own.flatMap(({ requirements }) => requirements),
          denied: own.length > 0 && own.every(({ denied }) => denied),
          onFile,
          inForce: onFile.filter((assurance) => isInForce(assurance, matrix.asOf)),
        },
      ];
    });
  });
}

/** Keys of the requirements that ask for a kind of proof from a provider, by the frameworks in whose scope it is. */
export function requirementsFor(assurance: Assurance, scene: Scene): string[] {
  return scene.inOrder(
    scene.proofs
      .filter(({ framework, party }) => framework.expects.includes(assurance.type) && isParty(assurance.provider, party))
      .flatMap(({ requirements }) => requirements),
  );
}
