# dask.py: gradients of chunked arrays, lazily
#
# SPDX-License-Identifier: BSD-3-Clause
"""The gradient of a Dask array, block by block, to the bits of `gridgrad.gradient`.

The rows of an axis are built once, for all of it, and each block computes its own from its
samples and thin slices of its neighbours. Any chunks will do: nothing is rechunked, and
chunks may be thinner than the stencil, down to one sample.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from math import isnan
from operator import getitem
from typing import Any, TypeAlias

import dask.array as da
import numpy as np
from dask.base import is_dask_collection, tokenize
from dask.highlevelgraph import HighLevelGraph

from gridgrad import _gradient, _native
from gridgrad._arguments import axes_of, axis_of_rank
from gridgrad._boundary import Boundary, Ends, end_values, ends_along
from gridgrad._difference import Difference
from gridgrad._positions import spacing_per_axis
from gridgrad._results import new_result, result_type
from gridgrad._samples import Array, Samples, samples_of
from gridgrad._scheme import Bias, Missing, SchemeOptions

__all__ = ["derivative", "gradient"]

Range: TypeAlias = tuple[int, int]
Block: TypeAlias = tuple[int, ...]
Rule: TypeAlias = tuple[int, Any, Ends | None]
Slices: TypeAlias = dict[tuple[int, Range], Any]


def gradient(
    f: da.Array,
    *spacing: Any,
    axis: int | Sequence[int] | None = None,
    edge_order: int | None = None,
    accuracy: int | None = None,
    boundary: Boundary | None = None,
    missing: Missing | None = None,
) -> Any:
    """Estimate the gradient of a chunked field, lazily, along all axes or some.

    All components of a block are one task, which reads the block once: axes that are not
    needed are better not asked for. `gridgrad.gradient` calls this for Dask arrays.

    Parameters
    ----------
    f : dask.array.Array
        Samples in any chunks of NumPy arrays, of the types that `gridgrad.gradient` takes.
    *spacing : number or array_like, optional
        As for `gridgrad.gradient`, but coordinates have one dimension. Dask arrays among
        them are computed at once.
    axis, edge_order, accuracy, missing : optional
        As for `gridgrad.gradient`.
    boundary : optional
        As for `gridgrad.gradient`, but `Constant` and `Neumann` carry a number.

    Returns
    -------
    dask.array.Array or tuple of dask.array.Array
        In the chunks of `f`: an array for one axis, else a tuple with an array per axis, in
        the order of `axis`.

    Raises
    ------
    ValueError, AxisError, TypeError
        As `gridgrad.gradient`, at once; where chunks have unknown sizes, or are not arrays
        of NumPy.

    Examples
    --------
    >>> import dask.array as da
    >>> import gridgrad.dask
    >>> f = da.arange(8, chunks=3) ** 2
    >>> slope = gridgrad.dask.gradient(f, 0.5, edge_order=2)
    >>> slope
    dask.array<gradient, shape=(8,), dtype=float64, chunksize=(3,), chunktype=numpy.ndarray>
    >>> slope.compute()
    array([ 0.,  4.,  8., 12., 16., 20., 24., 28.])
    """
    stand_in = _stand_in(f)
    axes = axes_of(axis, f.ndim)
    ends = ends_along(boundary, axes, f.ndim)
    spacings = spacing_per_axis(spacing, axes)
    rules = [_rule(one, at, ends.get(one)) for one, at in zip(axes, spacings, strict=True)]
    options: SchemeOptions = {"edge_order": edge_order, "accuracy": accuracy, "missing": missing}
    _gradient.gradient(
        stand_in,
        *(at for _, at, _ in rules),
        axis=axes,
        edge_order=edge_order,
        accuracy=accuracy,
        boundary=ends or None,
        missing=missing,
    )
    components = _arrays("gradient", f, rules, options) if axes else []
    return components[0] if len(axes) == 1 else tuple(components)


def derivative(
    f: da.Array,
    spacing: Any = 1.0,
    axis: int = -1,
    *,
    derivative: int = 1,
    accuracy: int | None = None,
    edge_order: int | None = None,
    bias: Bias = "central",
    boundary: Ends | None = None,
    missing: Missing | None = None,
) -> da.Array:
    """Estimate a derivative of a chunked field along one axis, lazily.

    Parameters
    ----------
    f : dask.array.Array
        As for `gradient`.
    spacing : number or array_like, optional
        The distance between neighbours, or coordinates, as for `gradient`.
    axis, derivative, accuracy, edge_order, bias, missing : optional
        As for `gridgrad.derivative`.
    boundary : rule or pair of rules, optional
        As for `gradient`.

    Returns
    -------
    dask.array.Array
        In the chunks of `f`.

    Raises
    ------
    ValueError, AxisError, TypeError
        As `gradient`.

    Examples
    --------
    >>> import dask.array as da
    >>> import gridgrad.dask
    >>> x = da.array([0.0, 1.0, 3.0, 4.0, 6.0]).rechunk(2)
    >>> gridgrad.dask.derivative(x**2, x, derivative=2).compute()
    array([2., 2., 2., 2., 2.])
    """
    stand_in = _stand_in(f)
    rule = along, at, _ = _rule(axis_of_rank(axis, f.ndim), spacing, boundary)
    options: SchemeOptions = {
        "derivative": derivative,
        "accuracy": accuracy,
        "edge_order": edge_order,
        "bias": bias,
        "missing": missing,
    }
    _gradient.derivative(stand_in, at, along, boundary=boundary, **options)
    return _arrays("derivative", f, [rule], options)[0]


_MASKED = (
    "f: masked chunks given; NaN in place of masked samples is accepted: "
    "dask.array.ma.filled(f, numpy.nan), with missing='propagate' or 'adapt'"
)


def _stand_in(f: Any) -> Array:
    """An array with the axes of f, but no line along them, to try a call with.

    Raises TypeError, ValueError where f is nothing to be differentiated.
    """
    if not isinstance(f, da.Array):
        raise TypeError(f"f: {type(f).__name__} given; a Dask array is needed")
    if isinstance(f._meta, np.ma.MaskedArray):
        raise TypeError(_MASKED)
    if not isinstance(f._meta, np.ndarray):
        raise TypeError(f"f: chunks of {type(f._meta).__name__} given; arrays of NumPy are needed")
    if any(isnan(extent) for extent in f.shape):
        raise ValueError("f: chunks of unknown sizes given; call f.compute_chunk_sizes() before")
    return np.empty((*f.shape, 0), f.dtype)


def _rule(axis: int, spacing: Any, ends: Ends | None) -> Rule:
    """The axis, a number or coordinates that no caller will write to, and the ends."""
    instead = "with a Dask array; for others, call gridgrad with f.compute()"
    if (rank := np.ndim(spacing)) > 1:
        raise ValueError(f"coordinates: {rank} dimensions given; one is accepted {instead}")
    if any(np.ndim(value) for value in end_values(ends)):
        raise ValueError(f"boundary: a value per line given; one number is accepted {instead}")
    known = spacing.compute() if is_dask_collection(spacing) else spacing
    return axis, np.array(known, subok=True) if np.ndim(known) else known, ends


@dataclass(frozen=True)
class _Edge:
    """Rows of a chunk that read others too, and the samples that they read."""

    rows: Range
    samples: list[Range]
    pieces: dict[Range, int]  # the samples in order, and the chunk of each piece


@dataclass(frozen=True)
class _Share:
    """What a chunk has of an axis."""

    samples: Range
    inside: Range  # rows that read no others
    edges: list[_Edge]
    read: set[int] = field(default_factory=set)  # other chunks
    cuts: set[Range] = field(default_factory=set)  # samples that other chunks read

    def places(self, samples: Range) -> Range:
        """Samples or rows, counted from the first of the chunk."""
        return samples[0] - self.samples[0], samples[1] - self.samples[0]


@dataclass(frozen=True)
class _Along:
    """An operator along an axis, and how the chunks share it."""

    axis: int
    difference: Difference
    shares: list[_Share]


def _along(axis: int, difference: Difference, chunks: tuple[int, ...]) -> _Along:
    bounds = [0, *accumulate(chunks)]
    shares = [_share(difference, bounds, samples) for samples in pairwise(bounds)]
    for chunk, share in enumerate(shares):
        for piece, owner in chain.from_iterable(edge.pieces.items() for edge in share.edges):
            if owner != chunk:
                share.read.add(owner)
                shares[owner].cuts.add(piece)
    return _Along(axis, difference, shares)


def _share(difference: Difference, bounds: list[int], samples: Range) -> _Share:
    inside = _inside(difference, *samples)
    edges = []
    for rows in (samples[0], inside[0]), (inside[1], samples[1]):
        if rows[0] < rows[1]:
            read = difference.support(rows)
            pieces = chain.from_iterable(_pieces(one, bounds) for one in read)
            edges.append(_Edge(rows, read, dict(pieces)))
    return _Share(samples, inside, edges)


def _inside(difference: Difference, first: int, last: int) -> Range:
    """The rows that read none but these samples."""

    def read_others(rows: Range) -> bool:
        return any(low < first or high > last for low, high in difference.support(rows))

    start = next((row for row in range(first, last) if not read_others((row, row + 1))), last)
    stops = range(last, start, -1)
    return start, next((stop for stop in stops if not read_others((start, stop))), start)


def _pieces(samples: Range, bounds: list[int]) -> Iterator[tuple[Range, int]]:
    """Samples, chunk by chunk."""
    first, last = samples
    while first < last:
        # Of chunks that begin at the same sample, all but the last are empty.
        chunk = bisect_right(bounds, first) - 1
        stop = min(last, bounds[chunk + 1])
        yield (first, stop), chunk
        first = stop


def _arrays(name: str, f: Any, rules: list[Rule], options: SchemeOptions) -> list[da.Array]:
    alongs = []
    for axis, at, ends in rules:
        difference = Difference(at, f.shape[axis], boundary=ends, **options)
        alongs.append(_along(axis, difference, f.chunks[axis]))
    graph, components = _graph(f"{name}-{tokenize(f.name, rules, options)}", f, alongs)
    meta = np.empty((0,) * f.ndim, result_type(f.dtype).newbyteorder("="))
    array: Any = da.Array
    return [array(graph, one, f.chunks, meta=meta) for one in components]


def _graph(name: str, f: Any, alongs: list[_Along]) -> tuple[HighLevelGraph, list[str]]:
    """The graph of all components, and the name of each in it."""
    graph = HighLevelGraph.from_collections(name, _block_layer(name, f, alongs), [f])
    if len(alongs) == 1:
        return graph, [name]
    layers: dict[str, Any] = dict(graph.layers)
    dependencies = dict(graph.dependencies)
    components = [f"{name}-{along.axis}" for along in alongs]
    for number, component in enumerate(components):
        dependencies[component] = {name}
        layers[component] = {
            (component, *block): (getitem, (name, *block), number)
            for block in np.ndindex(f.numblocks)
        }
    return HighLevelGraph(layers, dependencies), components


def _block_layer(name: str, f: Any, alongs: list[_Along]) -> dict[Any, Any]:
    # One node holds all operators: coordinates travel once, not with each task.
    rows = f"rows-{name}"
    layer: dict[Any, Any] = {rows: alongs}
    compute = _component if len(alongs) == 1 else _components
    for block in np.ndindex(f.numblocks):
        source = (f.name, *block)
        halo = []
        for along in alongs:
            axis, share = along.axis, along.shares[block[along.axis]]
            cut = f"halo-{name}", axis
            halo += [(*cut, *block[:axis], other, *block[axis + 1 :]) for other in share.read]
            if share.cuts:
                layer[(*cut, *block)] = _cut, source, axis, share.samples[0], share.cuts
        layer[(name, *block)] = compute, rows, source, block, *halo
    return layer


def _cut(block: Any, axis: int, first: int, cuts: set[Range]) -> Slices:
    # Views would keep the whole block in memory.
    places = {(axis, cut): (cut[0] - first, cut[1] - first) for cut in cuts}
    return {at: _part(block, axis, place).copy() for at, place in places.items()}


def _part(block: Any, axis: int, samples: Range) -> Any:
    """Samples of a block along an axis, which comes first: thin slices are contiguous so."""
    return np.moveaxis(block, axis, 0)[slice(*samples)]


def _component(alongs: list[_Along], block: Any, index: Block, *halo: Slices) -> Array:
    return _components(alongs, block, index, *halo)[0]


def _components(alongs: list[_Along], block: Any, index: Block, *halo: Slices) -> list[Array]:
    """The components in a block, of its samples and those that it reads of others."""
    samples = _samples_of(block)
    values = samples.values
    results = [_new_result(values) for _ in alongs]
    shares = [along.shares[index[along.axis]] for along in alongs]
    _apply_inside(alongs, shares, values, results)
    slices = {at: _samples_of(one).values for cut in halo for at, one in cut.items()}
    for along, share, result in zip(alongs, shares, results, strict=True):
        axis = along.axis
        for edge in share.edges:
            parts = [
                slices[axis, piece]
                if (axis, piece) in slices
                else _part(values, axis, share.places(piece))
                for piece in edge.pieces
            ]
            operator = along.difference.along(0, edge.rows, edge.samples)
            out = _part(result, axis, share.places(edge.rows))
            _native.apply_each(_joined(parts), None, [operator], [out], 1)
    return [samples.of_type(samples.of_kind(result)) for result in results]


def _samples_of(block: Any) -> Samples:
    samples = samples_of(block)
    if samples.mask is not None:
        raise TypeError(_MASKED)
    return samples


def _new_result(values: Array) -> Array:
    # Memory that waits for the next result would count against the limit of a worker.
    if _is_in_worker():
        return np.empty_like(values, dtype=result_type(values.dtype))
    return new_result(values)


def _is_in_worker() -> bool:
    distributed: Any = sys.modules.get("distributed")
    try:
        return distributed is not None and distributed.get_worker() is not None
    except ValueError:
        return False


def _apply_inside(
    alongs: list[_Along], shares: list[_Share], values: Array, results: list[Array]
) -> None:
    operators, out = [], []
    for along, share, result in zip(alongs, shares, results, strict=True):
        if share.inside[0] < share.inside[1]:
            operators.append(along.difference.along(along.axis, share.inside, [share.samples]))
            part = _part(result, along.axis, share.places(share.inside))
            out.append(np.moveaxis(part, 0, along.axis))
    if operators:
        _native.apply_each(values, None, operators, out, 1)


def _joined(parts: list[Array]) -> Array:
    joined = np.empty((sum(map(len, parts)), *parts[0].shape[1:]), parts[0].dtype)
    return np.concatenate(parts, out=joined)
