# _dask_calculus.py: operators on chunked arrays, lazily
#
# SPDX-License-Identifier: BSD-3-Clause
"""Each block is computed of its samples and slices of its neighbours, gathered axis by axis.

After the first axis a gathered block has what its rows read along that axis, after the last
along all; the operator, built once on the whole grid, is applied to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import getitem
from typing import Any

import dask.array as da
import numpy as np
from dask.base import tokenize
from dask.highlevelgraph import HighLevelGraph

from gridgrad._boundary import end_values
from gridgrad._grid_operator import GridOperator
from gridgrad._results import result_type
from gridgrad._samples import Array
from gridgrad.dask import Range, _new_result, _pieces, _samples_of, _stand_in

Layer = dict[Any, Any]


@dataclass(frozen=True)
class _Needed:
    """What the rows of a chunk read along an axis."""

    rows: Range
    samples: list[Range]
    pieces: list[tuple[Range, int]]  # the samples in order, and the chunk of each piece

    def is_own(self, chunk: int) -> bool:
        return self.pieces == [(self.rows, chunk)]


def results_of(operator: GridOperator, fields: list[Any]) -> list[Any]:
    """The results, in the chunks of the first field. Raises ValueError, TypeError.

    Where an operator needs all latitudes and longitudes of a pole, these are in one chunk.
    """
    arrays = _of_one_kind(operator, fields)
    chunks = arrays[0].chunks
    needed = [_needed_along(operator, axis, sizes) for axis, sizes in enumerate(chunks)]
    name = f"{operator.calculus}-{tokenize(operator, *(array.name for array in arrays))}"
    rows = f"operator-{name}"
    layer: Layer = {rows: operator}
    gathered = [_gathered(f"{name}-{k}", array, needed, layer) for k, array in enumerate(arrays)]
    for block in np.ndindex(arrays[0].numblocks):
        blocks = [(source, *block) for source in gathered]
        parts = [along[chunk] for along, chunk in zip(needed, block, strict=True)]
        held = [part.rows for part in parts], [part.samples for part in parts]
        layer[(name, *block)] = _computed, rows, held, *blocks
    graph = HighLevelGraph.from_collections(name, layer, arrays)
    meta = np.empty((0,) * len(chunks), result_type(arrays[0].dtype).newbyteorder("="))
    array: Any = da.Array
    names = _component_names(graph, name, operator.result_count, arrays[0].numblocks)
    return [array(names[1], one, chunks, meta=meta) for one in names[0]]


def _of_one_kind(operator: GridOperator, fields: list[Any]) -> list[Any]:
    """Chunked arrays of one type and of the same chunks."""
    if operator.result_shape != operator.shape:
        raise ValueError("boundary: 'halo' given with a Dask array, which has its neighbours")
    for ends in operator.ends.values():
        if any(np.ndim(value) for value in end_values(ends)):
            raise ValueError(
                "boundary: a value per line given; one number is accepted with a Dask array; for "
                "others, call gridgrad with f.compute()"
            )
    chunked: Any = da
    lazy = [one if isinstance(one, da.Array) else chunked.asarray(one) for one in fields]
    stand_ins = [_stand_in(one) for one in lazy]
    dtype = np.result_type(*(one.dtype for one in stand_ins))
    whole = {axis: -1 for axis in range(len(operator.shape)) if not operator.may_cut(axis)}
    first: Any = next(one for one in fields if isinstance(one, da.Array))
    chunks = first.rechunk(whole).chunks if whole else first.chunks
    return [(one if one.dtype == dtype else one.astype(dtype)).rechunk(chunks) for one in lazy]


def _needed_along(operator: GridOperator, axis: int, chunks: tuple[int, ...]) -> list[_Needed]:
    bounds = [0, *accumulate(chunks)]
    needed = []
    for chunk, rows in enumerate(pairwise(bounds)):
        samples = operator.support(axis, rows) if rows[0] < rows[1] else [rows]
        pieces = [piece for one in samples for piece in _pieces(one, bounds)]
        needed.append(_Needed(rows, samples, pieces or [(rows, chunk)]))
    return needed


def _gathered(name: str, array: Any, needed: list[list[_Needed]], layer: Layer) -> str:
    """Add tasks for blocks that have all samples that their rows read, under the name returned."""
    source: str = array.name
    for axis, along in enumerate(needed):
        if all(one.is_own(chunk) for chunk, one in enumerate(along)):
            continue
        target = f"{name}-gathered-{axis}"
        for block in np.ndindex(array.numblocks):
            chunk = block[axis]
            parts = []
            for place, (piece, owner) in enumerate(along[chunk].pieces):
                neighbour = (source, *block[:axis], owner, *block[axis + 1 :])
                first = along[owner].rows[0]
                cut = slice(piece[0] - first, piece[1] - first)
                if owner == chunk:
                    parts.append((neighbour, cut))
                    continue
                # A task of its own: a thin slice travels, not the whole neighbour.
                halo = (f"{target}-halo-{place}", *block)
                layer[halo] = _cut, neighbour, axis, cut
                parts.append((halo, slice(None)))
            sources, cuts = [one for one, _ in parts], [one for _, one in parts]
            layer[(target, *block)] = _joined, sources, axis, cuts
        source = target
    return source


def _cut(block: Any, axis: int, samples: slice) -> Any:
    # Views would keep the whole block in memory.
    return block[(slice(None),) * axis + (samples,)].copy()


def _joined(blocks: list[Any], axis: int, cuts: list[slice]) -> Any:
    parts = [one[(slice(None),) * axis + (cut,)] for one, cut in zip(blocks, cuts, strict=True)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis)


def _computed(operator: GridOperator, held: Any, *blocks: Any) -> Any:
    rows, samples = held
    values = [_samples_of(block).values for block in blocks]
    shape = tuple(last - first for first, last in rows)
    like: Array = np.empty(shape, values[0].dtype)
    out = tuple(_new_result(like) for _ in range(operator.result_count))
    if like.size:
        operator.apply(values, rows=rows, samples=samples, out=out, threads=1)
    return out[0] if len(out) == 1 else out


def _component_names(
    graph: HighLevelGraph, name: str, count: int, numblocks: tuple[int, ...]
) -> tuple[list[str], HighLevelGraph]:
    """The names of the results in a graph that has a task for each of their blocks."""
    if count == 1:
        return [name], graph
    layers: dict[str, Any] = dict(graph.layers)
    dependencies = dict(graph.dependencies)
    names = [f"{name}-result-{number}" for number in range(count)]
    for number, component in enumerate(names):
        dependencies[component] = {name}
        layers[component] = {
            (component, *block): (getitem, (name, *block), number)
            for block in np.ndindex(numblocks)
        }
    return names, HighLevelGraph(layers, dependencies)
