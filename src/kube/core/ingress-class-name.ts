import { recordOf } from '../codec/record-of.ts';
import { ingressClassAnnotation } from './ingress.ts';

/** The class that is Emissary's, in the annotation and wherever no IngressClass of this name says otherwise. */
export const usualIngressClass = 'ambassador';

/** Whether an Ingress names the class that is Emissary's. */
export const isOfUsualClass = (ingress: unknown): boolean =>
  isUsualClass(annotatedClass(ingress)) || fieldOf(ingress) === usualIngressClass;

/** Whether an Ingress names the class of another controller, whatever IngressClasses there are. */
export const isOfOtherClass = (ingress: unknown): boolean => {
  const written = annotatedClass(ingress);
  return typeof written === 'string' && !isUsualClass(written) && fieldOf(ingress) === undefined;
};

/** Whether an annotation names the class that is Emissary's, which takes it in any case. */
export const isUsualClass = (written: unknown): boolean =>
  typeof written === 'string' && written.toLowerCase() === usualIngressClass;

const annotatedClass = (ingress: unknown): unknown =>
  recordOf(recordOf(recordOf(ingress)['metadata'])['annotations'])[ingressClassAnnotation];

const fieldOf = (ingress: unknown): unknown =>
  recordOf(recordOf(ingress)['spec'])['ingressClassName'];
