import { SEES } from '../../audience.ts';
import type { Run } from '../../document.ts';
import type { Matrix, MatrixRequirement, Part } from '../../model/matrix.ts';
import type { CustomerDuty } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import { bold, plain } from '../cells.ts';
import type { LineIndex } from '../lines.ts';
import type { Annex, AnnexCell } from './annex.ts';
import { judged, lines } from './cells.ts';
import { controlTitles } from './sides.ts';

/** PCI DSS 12.9.2: the matrix that a service provider gives its own customers. To them it is the TPSP, and whoever stands behind it. */
export const pciCustomerMatrix: Annex = {
  id: 'pci-12.9.2',
  framework: 'pci-dss',
  title: 'PCI DSS 12.9.2: responsibility matrix for customers',
  sheet: 'PCI 12.9.2 for customers',
  answers: ['12.9.2', '12.9.1'],
  readers: 'everybody',
  roles: ['service-provider'],
  make({ matrix, framework, index }) {
    const us = matrix.organization.short ?? matrix.organization.name;
    const duties = new Map(
      framework.requirements.map((requirement) => [requirement.id, dutiesFor(requirement, framework.id, matrix)]),
    );
    return {
      columns: [
        { title: 'Requirement', width: 14, paper: 22 },
        { title: 'Title', width: 36, paper: 'beside' },
        { title: 'Responsible', width: 24, paper: 13 },
        { title: `Part of ${us}`, width: 56, paper: 24 },
        { title: `TPSPs behind ${us}`, width: 44, paper: 16 },
        { title: "Customer's part", width: 70, paper: 25 },
        { title: `Controls of ${us}`, width: 56 },
      ],
      rows: framework.requirements.map((requirement): AnnexCell[] => {
        const parts = requirement.row.parts.flatMap((position) => index.matrix.parts[position] ?? []);
        const own = duties.get(requirement.id) ?? [];
        const controls = ourControls(parts, index);
        const split = splitOf(requirement, { parts, duties: own, us, controls, isSilent: matrix.customerDuties.length === 0 });
        return [requirement.id, requirement.title, split.responsible, split.ours, behind(parts, index), split.theirs, controls];
      }),
      empty: 'PCI DSS has no requirements here.',
      before:
        matrix.customerDuties.length === 0 && SEES[matrix.audience].remedies ? [{ kind: 'paragraph', runs: NO_DUTIES }] : [],
    };
  },
};

const NO_DUTIES: Run[] = [
  bold('No part of a customer is on record. '),
  plain('Say under customer-duties: what customers have to do, with the requirements or controls it belongs to.'),
];

/** Whether a part is of an organization as such: a policy or a training of one does nothing for another, who needs its own. */
function isOfOrganization({ component }: Part): boolean {
  return component === 'organization' || component === 'provider-organization';
}

/**
 * What customers have to do for a requirement: duties that name it, and, where it applies, duties that name no requirement but one of
 * its controls.
 */
function dutiesFor(requirement: MatrixRequirement, framework: string, matrix: Matrix): CustomerDuty[] {
  const key = `${framework}:${requirement.id}`;
  return matrix.customerDuties.filter((duty) => {
    const named = duty.requirements.filter((other) => other.startsWith(`${framework}:`));
    if (named.length > 0) return named.some((other) => other === key || isAlias(other, framework, requirement));
    return requirement.row.parts.length > 0 && requirement.controls.some((use) => duty.controls.includes(use.control));
  });
}

function isAlias(key: string, framework: string, requirement: MatrixRequirement): boolean {
  return requirement.aliases.some((alias) => key === `${framework}:${alias}`);
}

/** Who is responsible for a requirement, and what each side has to do. */
function splitOf(
  requirement: MatrixRequirement,
  {
    parts,
    duties,
    us,
    controls,
    isSilent,
  }: { parts: readonly Part[]; duties: readonly CustomerDuty[]; us: string; controls: string; isSilent: boolean },
): { responsible: AnnexCell; ours: AnnexCell; theirs: AnnexCell } {
  const theirs = lines(duties.map((duty) => duty.text));
  if (parts.length === 0) {
    const responsible = duties.length > 0 ? judged('Customer solely', 'amber') : judged('Not part of the service', 'gray');
    return { responsible, ours: requirement.row.reason ?? '', theirs };
  }
  if (duties.length > 0) return { responsible: judged('Jointly', 'violet'), ours: controls, theirs };
  // Where nothing is said of customers, that they have no part is not said either.
  if (isSilent) return { responsible: judged('Not determined', 'red'), ours: controls, theirs: 'Not on record.' };
  if (parts.some(isOfOrganization)) {
    return {
      responsible: judged('Each for its own', 'violet'),
      ours: 'All of it for its own organization and the systems of the service',
      theirs: 'The same for its own organization and systems.',
    };
  }
  const isOpen = requirement.row.ownership === 'not-determined';
  return {
    responsible: isOpen ? judged('Not determined', 'red') : judged(`${us} solely`, 'blue'),
    ours: 'All of it for the systems of the service',
    theirs: '',
  };
}

function ourControls(parts: readonly Part[], index: LineIndex): string {
  const own = parts.filter((part) => part.undetermined || index.parties.get(part.party)?.kind === 'customer');
  return own.length > 0 || parts.length === 0 ? joinNames(controlTitles(own, index)) : 'Met through the TPSPs behind it';
}

function behind(parts: readonly Part[], index: LineIndex): string {
  const others = parts.flatMap((part) => {
    const party = part.undetermined ? undefined : index.parties.get(part.party);
    return party && party.kind !== 'customer' ? [party.short] : [];
  });
  return joinNames([...new Set(others)]);
}
