import { SEES } from '../../audience.ts';
import type { Matrix, MatrixFramework } from '../../model/matrix.ts';
import type { SubProcessor } from '../../model/system.ts';
import { joinNames } from '../../sentence.ts';
import { TRANSFER } from '../../terms.ts';
import { cell, linked } from '../cells.ts';
import type { Annex, AnnexCell, AnnexColumn } from './annex.ts';
import { lines, missing, paperText, remedy, reviewText } from './cells.ts';
import { type Engaged, engagedUnder, kindsInScope } from './engaged.ts';
import { proofCell } from './proofs.ts';

/** GDPR Art. 28: processors, and the sub-processors behind them, with what the contract under Art. 28(3) has to name. */
export const processorRegister: Annex = {
  id: 'gdpr-28',
  framework: 'gdpr',
  title: 'GDPR Art. 28: processors and sub-processors',
  sheet: 'GDPR Art. 28 processors',
  answers: ['28(3)', '28(1)', '28(2)', '28(4)', '28(9)'],
  readers: 'customers',
  make({ matrix, framework }) {
    // Customers read who handles their data, where and what for; the papers behind it are kept by the organization.
    const papers: AnnexColumn[] = SEES[matrix.audience].answers ? PAPERS : [];
    return {
      columns: [
        { title: 'Processor', width: 30, paper: 'band' },
        { title: 'Description', width: 50, paper: 'detail' },
        { title: 'Who', width: 34, paper: 17 },
        { title: 'Stands as', width: 24, paper: 'under' },
        { title: 'Country', width: 30, paper: 'under' },
        { title: 'Subject matter and purpose', width: 70, paper: 30 },
        { title: 'Kinds of personal data', width: 36, paper: 18 },
        ...papers,
      ],
      rows: engagedUnder(framework, matrix).flatMap((engaged) => {
        const { party, record, services } = engaged;
        const head = [party.name, record?.description ?? ''];
        return [
          [
            ...head,
            party.name,
            standsAs(engaged, matrix, framework),
            countryText(engaged.country, matrix),
            lines(services.map((service) => `${service.name}: ${service.purpose}`)),
            kindsOf(engaged, framework, matrix),
            ...papersOf(engaged, framework, matrix).slice(0, papers.length),
          ],
          ...(record?.subProcessors ?? []).map((sub): AnnexCell[] => [
            ...head,
            sub.name,
            `Engaged by ${party.short}`,
            countryText(sub.country, matrix),
            subMatter(sub, matrix),
            '',
            ...papers.map(() => ''),
          ]),
        ];
      }),
      empty: 'Nobody else processes personal data for this system.',
      remedy:
        'If somebody does, name it under services: (provider) or managed-by:, and keep its papers under assurances: (type: dpa) and providers:.',
    };
  },
};

/** What the organization keeps about each processor. */
const PAPERS: AnnexColumn[] = [
  { title: 'Data subjects', width: 36, paper: 'led' },
  { title: 'Contract', width: 50, paper: 19 },
  { title: 'Agreement', width: 44, paper: 'led' },
  { title: 'Authorization to engage others', width: 36, paper: 16 },
  { title: 'List last looked at', width: 36, paper: 'led' },
];

function papersOf(engaged: Engaged, framework: MatrixFramework, matrix: Matrix): AnnexCell[] {
  const { record, services } = engaged;
  const checked = record?.subProcessorsChecked;
  return [
    subjectsOf(engaged, matrix),
    proofCell(services, engaged, framework.expects, matrix),
    record?.agreement ? paperText(record.agreement, matrix.asOf) : '',
    authorization(engaged, matrix),
    checked ? reviewText(checked) : missing(matrix, 'providers: sub-processors-checked'),
  ];
}

/** Seen from a controller a processor; from a processor another one that it engages (Art. 28(2) and (4)). */
function standsAs({ services }: Engaged, { activities }: Matrix, framework: MatrixFramework): string {
  const touched = activities.filter((activity) => activity.services.some((id) => services.some((service) => service.id === id)));
  const roles = new Set(touched.length > 0 ? touched.map((activity) => activity.role) : framework.organizationRoles);
  if (roles.has('controller') && roles.has('processor')) return 'Processor; sub-processor where we are a processor';
  return roles.has('processor') ? 'Sub-processor' : 'Processor';
}

function countryText(id: string | undefined, matrix: Matrix): string {
  const country = matrix.countries.find((candidate) => candidate.id === id);
  return country ? `${country.title} (${TRANSFER[country.transfer]})` : 'Country not on record';
}

function kindsOf({ services }: Engaged, framework: MatrixFramework, matrix: Matrix): string {
  const used = new Set(services.flatMap((service) => [...service.data, ...service.affects]));
  return joinNames(
    kindsInScope(framework, matrix)
      .filter((kind) => used.has(kind.id))
      .map((kind) => kind.title),
  );
}

function subjectsOf({ services }: Engaged, matrix: Matrix): AnnexCell {
  const ids = new Set(services.map((service) => service.id));
  const touched = matrix.activities.filter((activity) => activity.services.some((id) => ids.has(id)));
  const subjects = [...new Set(touched.flatMap((activity) => activity.subjects))];
  return subjects.length > 0 ? joinNames(subjects) : missing(matrix, 'processing: services');
}

function authorization({ record, subProcessors }: Engaged, matrix: Matrix): AnnexCell {
  const list = subProcessors?.startsWith('http') ? [[linked('List published by the provider', subProcessors)]] : [];
  const none =
    record && record.subProcessors.length === 0
      ? [['No sub-processor is on record.', remedy(matrix, 'Say it under providers: sub-processors.')].filter(Boolean).join(' ')]
      : [];
  if (!record?.authorization) {
    const open = missing(matrix, 'providers: authorization');
    return { ...open, paragraphs: [...open.paragraphs, ...cell([...none, ...list]).paragraphs] };
  }
  return cell([
    record.authorization === 'general' ? 'General written authorization' : 'Specific written authorization, one by one',
    ...none,
    ...list,
  ]);
}

function subMatter(sub: SubProcessor, matrix: Matrix): string {
  const names = sub.services.map((id) => matrix.services.find((service) => service.id === id)?.name ?? id);
  return names.length > 0 ? `${sub.purpose} (${joinNames(names)})` : sub.purpose;
}
