/** Items by their key, smallest first; items with the same key in the order they were pushed. */
export interface Heap<T> {
  push(item: T): void;
  peek(): T | undefined;
  pop(): T | undefined;
  readonly size: () => number;
}

interface Node<T> {
  readonly key: number;
  readonly order: number;
  readonly item: T;
}

/** Creates an empty binary heap. `keyOf` is called once per item. */
export function createHeap<T>(keyOf: (item: T) => number): Heap<T> {
  const nodes: Node<T>[] = [];
  let order = 0;
  return {
    size: () => nodes.length,
    peek: () => nodes[0]?.item,
    push(item) {
      nodes.push({ key: keyOf(item), order: order++, item });
      siftUp(nodes);
    },
    pop() {
      const top = nodes[0];
      const last = nodes.pop();
      if (top === undefined || last === undefined) return undefined;
      if (nodes.length > 0) siftDown(nodes, last);
      return top.item;
    },
  };
}

function isBefore<T>(left: Node<T> | undefined, right: Node<T> | undefined): boolean {
  if (left === undefined || right === undefined) return left !== undefined;
  return left.key === right.key ? left.order < right.order : left.key < right.key;
}

function siftUp<T>(nodes: Node<T>[]): void {
  let index = nodes.length - 1;
  const node = nodes[index];
  if (node === undefined) return;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = nodes[parent];
    if (above === undefined || isBefore(above, node)) break;
    nodes[index] = above;
    index = parent;
  }
  nodes[index] = node;
}

function siftDown<T>(nodes: Node<T>[], node: Node<T>): void {
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const child = isBefore(nodes[left + 1], nodes[left]) ? left + 1 : left;
    const below = nodes[child];
    if (below === undefined || isBefore(node, below)) break;
    nodes[index] = below;
    index = child;
  }
  nodes[index] = node;
}
