# _grid_operator.py: what is made of derivatives along several axes, built once
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Literal, TypeAlias

import numpy as np

from gridgrad import _native
from gridgrad._arguments import axes_of, axis_of_rank, integer, range_of, thread_count
from gridgrad._boundary import Boundary, Ends, axis_with_ends, check_values, ends_along
from gridgrad._metric import AnyMetric, Metric, metric_of
from gridgrad._positions import spacing_per_axis
from gridgrad._results import Results
from gridgrad._samples import Array, Samples, is_tensor, kind_of, samples_of
from gridgrad._scheme import Missing, SchemeOptions, scheme_of
from gridgrad._terrain import Terrain, TerrainResult, usual_axes

Calculus: TypeAlias = Literal[
    "gradient",
    "magnitude",
    "directional",
    "divergence",
    "curl",
    "laplacian",
    "vector_laplacian",
    "hessian",
    "jacobian",
    "strain_rate",
    "rotation",
]
Ranges: TypeAlias = Sequence[tuple[int, int]]


class GridOperator:
    """An operator on fields of one shape, with all that depends on the grid worked out.

    Immutable, picklable, safe to use from many threads.

    Parameters
    ----------
    calculus : str or Terrain
        A `Terrain` for the `slope` or the `aspect` of heights; or what is computed along n
        axes, of components u_i of a vector or of a scalar f; d_i is the derivative per length
        along axis i of `axis`:

        ==================  ======================  ===========================================
        name                fields                  results
        ==================  ======================  ===========================================
        "gradient"          f                       d_i f
        "magnitude"         f                       sqrt(sum of (d_i f)^2)
        "directional"       f, a_0, a_1, ...        sum of a_i d_i f
        "divergence"        u_0, u_1, ...           sum of d_i u_i
        "curl"              u_0, u_1[, u_2]         d_0 u_1 - d_1 u_0; three for n = 3
        "laplacian"         f                       sum of d_i d_i f
        "vector_laplacian"  u_0, u_1, ...           that of each; without a metric
        "hessian"           f                       d_i d_j f for i <= j, by i, then j
        "jacobian"          u_0, u_1, ...           d_j u_i, by i, then j
        "strain_rate"       u_0, u_1, ...           (d_j u_i + d_i u_j) / 2 for i <= j
        "rotation"          u_0, u_1, ...           (d_i u_j - d_j u_i) / 2 for i < j
        ==================  ======================  ===========================================
    shape : sequence of int
        That of the fields.
    *spacing, axis, metric, edge_order, accuracy, missing : optional
        As for `divergence`.
    boundary : optional
        As for `gradient`. A rule may be ``"halo"``: the neighbours beyond that end are in
        the fields already, and results are shorter by the reach of the stencil.

    Raises
    ------
    ValueError, AxisError, TypeError, NotImplementedError
        As `divergence`.

    Examples
    --------
    Built on the whole grid and applied to a part, it gives the same bits:

    >>> import numpy as np
    >>> import gridgrad
    >>> y, x = np.mgrid[0:8, 0:6] * 1.0
    >>> laplacian = gridgrad.GridOperator("laplacian", (8, 6))
    >>> laplacian.support(0, (3, 5)), laplacian.support(1)
    ([(2, 6)], [(0, 6)])
    >>> laplacian.apply((x**2 + y**2)[2:6], rows=[(3, 5), (0, 6)], samples=[[(2, 6)], [(0, 6)]])
    array([[4., 4., 4., 4., 4., 4.],
           [4., 4., 4., 4., 4., 4.]])
    """

    def __init__(
        self,
        calculus: Calculus | Terrain,
        shape: Sequence[int],
        *spacing: Any,
        axis: int | Sequence[int] | None = None,
        metric: AnyMetric | None = None,
        edge_order: int | None = None,
        accuracy: int | None = None,
        boundary: Boundary | None = None,
        missing: Missing | None = None,
    ) -> None:
        extents = [integer("shape", extent) for extent in shape]
        if any(extent < 0 for extent in extents):
            raise ValueError(f"shape: {tuple(extents)} given; numbers of samples are needed")
        measured = metric_of(metric)
        axes = _axes(calculus, axis, len(extents), measured)
        # Copies: this stays the operator that it is, whatever the caller writes later.
        spacings = [
            _kept(*pair) for pair in zip(axes, spacing_per_axis(spacing, axes), strict=True)
        ]
        ends = deepcopy(ends_along(boundary, axes, len(extents)))
        options: SchemeOptions = {"edge_order": edge_order, "accuracy": accuracy}
        options["missing"] = missing
        _check_count(calculus, len(axes))
        _check_handedness(calculus, axes, len(extents), measured)
        self._arguments = calculus, extents, axes, spacings, measured, ends, options
        self._ends: dict[int, Ends] = ends
        self._axes = axes
        rules = [
            (one, axis_with_ends(at, ends.get(one))) for one, at in zip(axes, spacings, strict=True)
        ]
        plain = _native.Metric() if measured is None else measured.native(len(extents))
        which = calculus.native() if isinstance(calculus, Terrain) else calculus
        self._native = _native.GridOperator(which, (rules, extents), plain, scheme_of(options))
        self._transpositions = 0

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (*self._arguments, self._transpositions)

    def __repr__(self) -> str:
        turned = "transposed " * (self._transpositions % 2)
        return f"<gridgrad.GridOperator: {turned}{self.calculus} of shape {self.shape}>"

    @property
    def calculus(self) -> Calculus | TerrainResult:
        """What is computed."""
        calculus = self._arguments[0]
        return calculus.result if isinstance(calculus, Terrain) else calculus

    @property
    def ends(self) -> dict[int, Ends]:
        """What lies beyond the ends of its axes, where it is not one-sided."""
        return self._ends

    @property
    def axes(self) -> tuple[int, ...]:
        """The axes of space, counted from 0."""
        return self._axes

    @property
    def field_count(self) -> int:
        """Number of fields that it takes."""
        return self._native.field_count

    @property
    def result_count(self) -> int:
        """Number of results that it gives."""
        return self._native.result_count

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the fields."""
        return tuple(self._native.extents)

    @property
    def result_shape(self) -> tuple[int, ...]:
        """That of the results: shorter along axes with a halo."""
        return tuple(self._native.result_extents)

    def axes_of_result(self, k: int) -> tuple[int, ...]:
        """The indices of result k, places in `axes`: none of a scalar. Raises IndexError."""
        return tuple(self._native.axes_of_result(integer("k", k)))

    def support(self, axis: int, rows: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """Return the samples along an axis that rows ``first`` to ``last - 1`` read.

        At most three ranges ``(first, last)``, sorted and disjoint.
        """
        only = axis_of_rank(axis, len(self.shape))
        first, last = (0, self.result_shape[only]) if rows is None else range_of("rows", rows)
        if not first <= last <= self.result_shape[only]:
            raise ValueError(
                f"rows: {first} to {last} given; within 0 to {self.result_shape[only]} is needed"
            )
        return self._native.support(only, first, last)

    def may_cut(self, axis: int) -> bool:
        """Whether a block may hold some rows of the axis only.

        Not of latitude and longitude where a pole is among the samples.
        """
        return self._native.may_cut(axis_of_rank(axis, len(self.shape)))

    def apply(
        self,
        fields: Any,
        *,
        rows: Ranges | None = None,
        samples: Sequence[Ranges] | None = None,
        out: Any = None,
        threads: int | None = None,
    ) -> Any:
        """Compute the results, all or those of a block.

        Parameters
        ----------
        fields : array_like or sequence of array_like
            `field_count` fields; an array alone where it is one, or one whose first axis
            counts them. They hold `samples`.
        rows : sequence of (int, int), optional
            For each axis the first row and the one after the last. All by default.
        samples : sequence of sequences of (int, int), optional
            For each axis the samples that stand in the fields: sorted, disjoint ranges,
            joined; among them ``support(axis, rows)``. All by default.
        out : array or tuple of arrays, optional
            Where the results go.
        threads : int, optional
            As for `gradient`.

        Returns
        -------
        array or tuple of arrays
            One for one result, of the kind of the fields.
        """
        is_one = self.field_count == 1 and not isinstance(fields, (list, tuple))
        given = [fields] if is_one else list(fields)
        if len(given) != self.field_count:
            raise ValueError(f"fields: {len(given)} given; {self.field_count} are needed")
        block = (
            [range_of("rows", one) for one in rows or ()],
            [[range_of("samples", part) for part in one] for one in samples or ()],
        )
        results = results_of(self, given, Results(self.result_count, None, out), block, threads)
        return results[0] if len(results) == 1 else tuple(results)

    def transposed(self) -> GridOperator:
        """Return the operator with the transposed matrix, from results to fields.

        It is the adjoint where no boundary carries a value. Raises NotImplementedError for
        what is not linear, and with missing samples, halos or poles.
        """
        turned = object.__new__(GridOperator)
        turned.__dict__.update(self.__dict__)
        turned._native = self._native.transposed()
        turned._ends = {}
        turned._transpositions += 1
        return turned

    def of_calculus(self, calculus: Calculus) -> GridOperator:
        """Another operator on the same grid, for the modules of gridgrad."""
        return _rebuilt(calculus, *self._arguments[1:], 0)


def results_of(
    operator: GridOperator,
    fields: list[Any],
    results: Results,
    block: tuple[list[tuple[int, int]], list[list[tuple[int, int]]]] = ([], []),
    threads: int | None = None,
) -> list[Any]:
    """The results of an operator on fields of any kind, given where the caller wants them."""
    is_whole = not (block[0] or block[1])
    if is_whole and any(map(_is_followed, fields)):
        from gridgrad import _torch_calculus

        results.refuse("tensors that require grad")
        return _torch_calculus.results_of(operator, fields)
    if is_whole and any(kind_of(field) == "dask" for field in fields):
        from gridgrad import _dask_calculus

        results.refuse("Dask arrays; use their .astype() and .store()")
        return _dask_calculus.results_of(operator, fields)
    samples = of_one_type([samples_of(field) for field in fields])
    check_values(operator.ends.values(), samples[0].values.dtype)
    values = [results.widened(one.values) for one in samples]
    shape = tuple(last - first for first, last in block[0]) or operator.result_shape
    arrays = results.arrays_for(_shaped(values[0], shape))
    marked = [(array, one.mask) for array, one in zip(values, samples, strict=True)]
    operator._native.apply(marked, arrays, block, thread_count(threads))
    return results.returned(arrays, leading(samples))


def of_one_type(samples: list[Samples]) -> list[Samples]:
    """Fields in the type that NumPy gives to their sum, and of one shape. Raises ValueError."""
    shapes = list(dict.fromkeys(one.values.shape for one in samples))
    if len(shapes) > 1:
        raise ValueError(
            f"components: shapes {' and '.join(map(str, shapes))} given; one is needed"
        )
    types = {one.values.dtype for one in samples}
    if len(types) == 1:
        return samples
    common = np.result_type(*types)
    return [Samples(one.values.astype(common), one.mask, one.of_kind) for one in samples]


def leading(samples: list[Samples]) -> Samples:
    """The field whose kind results have: one with marks, else the first."""
    return next((one for one in samples if one.mask is not None), samples[0])


def _axes(
    calculus: Calculus | Terrain,
    axis: int | Sequence[int] | None,
    rank: int,
    metric: Metric | None,
) -> tuple[int, ...]:
    usual = None if metric is None or axis is not None else metric.usual_axes(rank)
    if usual is None and axis is None and isinstance(calculus, Terrain):
        usual = usual_axes(rank)
    return axes_of(axis, rank) if usual is None else usual


def _check_count(calculus: Calculus | Terrain, count: int) -> None:
    if isinstance(calculus, Terrain) and count != 2:
        raise ValueError(f"axis: {count} given; a surface has 2: east, north")
    if count == 0:
        raise ValueError("axis: none given; one at least is needed")
    if calculus == "curl" and count not in (2, 3):
        raise ValueError(f"axis: {count} given; a curl has 2 or 3")
    if calculus == "rotation" and count == 1:
        raise ValueError("axis: 1 given; a rotation needs 2 at least")


def _check_handedness(
    calculus: Calculus | Terrain, axes: tuple[int, ...], rank: int, metric: Metric | None
) -> None:
    """Refuse axes that give another sign than east, north and up."""
    if not (isinstance(calculus, Terrain) or calculus in ("curl", "rotation")):
        return
    usual = None if metric is None else metric.usual_axes(rank)
    if usual is None or not set(usual) <= set(axes):
        return
    east, north = (axes.index(axis) for axis in usual)
    if isinstance(calculus, Terrain) and north < east:
        raise ValueError(f"axis: {axes} given; a surface has east, then north")
    if north < east or (calculus == "curl" and north != east + 1):
        raise ValueError(
            f"axis: {axes} given; a {calculus} needs east, north[, up], and components in that "
            "order"
        )


def _kept(axis: int, spacing: Any) -> Any:
    if (rank := np.ndim(spacing)) > 1:
        raise NotImplementedError(
            f"spacing: coordinates of {rank} dimensions given along axis {axis}; one is accepted, "
            "and Metric.at or Metric.scaled where lengths vary along other axes"
        )
    return np.array(spacing, subok=True) if rank else spacing


def _is_followed(field: Any) -> bool:
    if not is_tensor(field):
        return False
    from gridgrad._torch_call import is_differentiated

    return is_differentiated(field)


def _shaped(values: Array, shape: tuple[int, ...]) -> Array:
    """An array like `values`, samples not set, of another shape."""
    if values.shape == shape or len(shape) != values.ndim:
        return values
    return np.empty_like(values, shape=shape, subok=False)


def _rebuilt(
    calculus: Calculus | Terrain,
    shape: list[int],
    axes: tuple[int, ...],
    spacings: list[Any],
    metric: AnyMetric | None,
    ends: Any,
    options: Any,
    transpositions: int,
) -> GridOperator:
    operator = GridOperator(
        calculus, shape, *spacings, axis=axes, metric=metric, boundary=ends or None, **options
    )
    for _ in range(transpositions):
        operator = operator.transposed()
    return operator
