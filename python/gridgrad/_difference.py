# _difference.py: a derivative along one axis, built once and applied anywhere
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import axis_of_rank, integer, range_of, thread_count
from gridgrad._boundary import Ends, axis_with_ends, end_values
from gridgrad._results import Results
from gridgrad._samples import samples_of
from gridgrad._scheme import Bias, Missing, SchemeOptions, scheme_of


class SparseRows(NamedTuple):
    """A matrix in compressed rows and what its ends contribute: ``out = A f + b``.

    ``scipy.sparse.csr_array((weights, columns, starts))`` is A; ``b[i]`` is ``ends[i, 0]``
    times the value at the lower end plus ``ends[i, 1]`` times that at the upper one.
    """

    starts: npt.NDArray[np.uintp]
    columns: npt.NDArray[np.uintp]
    weights: npt.NDArray[np.float64]
    ends: npt.NDArray[np.float64]
    accuracies: npt.NDArray[np.intc]


class Difference:
    """The rows of a derivative along one axis, ``out = A f + b``, built once.

    Immutable, picklable, safe to use from many threads.

    Parameters
    ----------
    spacing : number or array_like, optional
        The distance between neighbours, or coordinates of one dimension.
    extent : int, optional
        Samples along the axis, those of a halo included. By default as many as there are
        coordinates.
    derivative, accuracy, edge_order, bias, boundary, missing : optional
        As for `derivative`. A boundary may be ``"halo"``: the neighbours beyond that end
        are in the field already, and the result is shorter by the reach of the stencil.

    Raises
    ------
    ValueError, TypeError
        As `derivative`.

    Examples
    --------
    Built on the whole axis and applied to a part, it gives the same bits:

    >>> import numpy as np
    >>> import gridgrad
    >>> f = np.arange(10.0) ** 2
    >>> difference = gridgrad.Difference(0.5, 10, accuracy=4)
    >>> difference.support((4, 6))
    [(2, 8)]
    >>> difference.apply(f[2:8], rows=(4, 6), samples=[(2, 8)])
    array([16., 20.])
    >>> difference.apply(f)[4:6]
    array([16., 20.])
    """

    def __init__(
        self,
        spacing: Any = 1.0,
        extent: int | None = None,
        *,
        derivative: int = 1,
        accuracy: int | None = None,
        edge_order: int | None = None,
        bias: Bias = "central",
        boundary: Ends | None = None,
        missing: Missing | None = None,
    ) -> None:
        if extent is None and np.ndim(spacing) == 0:
            raise ValueError("extent: not given; it is needed where there are no coordinates")
        options: SchemeOptions = {
            "derivative": derivative,
            "accuracy": accuracy,
            "edge_order": edge_order,
            "bias": bias,
            "missing": missing,
        }
        count = len(spacing) if extent is None else integer("extent", extent)
        if count < 0:
            raise ValueError(f"extent: {count} given; a number of samples is needed")
        rule = axis_with_ends(spacing, boundary)
        # Copies: this stays the operator that it is, whatever the caller writes later.
        kept = np.array(spacing, subok=True) if np.ndim(spacing) else spacing
        boundary = deepcopy(boundary)
        self._arguments = kept, count, options, boundary
        self._ends = end_values(boundary)
        self._native = _native.Difference(rule, count, scheme_of(options))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, self._arguments

    def __repr__(self) -> str:
        return f"<gridgrad.Difference: {self.row_count} rows of {self.extent} samples>"

    @property
    def extent(self) -> int:
        """Number of samples that the rows read."""
        return self._native.extent

    @property
    def row_count(self) -> int:
        """Number of rows: the extent, less the reach of the stencil at each halo."""
        return self._native.row_count

    def support(self, rows: tuple[int, int] | None = None) -> list[tuple[int, int]]:
        """Return the samples that rows ``first`` to ``last - 1`` read.

        At most three ranges ``(first, last)``, sorted and disjoint.
        """
        first, last = self._rows(rows)
        return self._native.support(first, last)

    def _rows(self, rows: tuple[int, int] | None) -> tuple[int, int]:
        return (0, self.row_count) if rows is None else range_of("rows", rows)

    def along(
        self,
        axis: int,
        rows: tuple[int, int] | None = None,
        samples: Sequence[tuple[int, int]] = (),
    ) -> _native.DifferenceAlong:
        """Rows along an axis of a field, for the modules of gridgrad."""
        return _native.DifferenceAlong(axis, self._native, rows, list(samples), self._ends)

    def apply(
        self,
        f: Any,
        axis: int = -1,
        *,
        rows: tuple[int, int] | None = None,
        samples: Sequence[tuple[int, int]] = (),
        out: Any = None,
        threads: int | None = None,
    ) -> Any:
        """Estimate the derivative of a field at a range of rows.

        Parameters
        ----------
        f : array_like
            As for `gradient`; along the axis it holds `samples`.
        axis : int, optional
            The last by default.
        rows : (int, int), optional
            The first row and the one after the last. All by default.
        samples : sequence of (int, int), optional
            The samples that stand in `f` along the axis: sorted, disjoint ranges, joined;
            among them ``support(rows)``. All by default.
        out : array, optional
            The shape of `f`, but as long as `rows` along the axis.
        threads : int, optional
            As for `gradient`.

        Returns
        -------
        array
            Of the kind of `f`.
        """
        field = samples_of(f)
        only = axis_of_rank(axis, field.values.ndim)
        first, last = self._rows(rows)
        along = self.along(only, (first, last), [range_of("samples", one) for one in samples])
        results = Results(1, None, out)
        arrays = results.arrays_for(_resized(field.values, only, max(last - first, 0)))
        _native.apply_each(field.values, field.mask, [along], arrays, thread_count(threads))
        return results.returned(arrays, field)[0]

    def achieved_accuracy(self, f: Any, axis: int = -1) -> npt.NDArray[np.uint8]:
        """Return the order of the error of each result of `apply`, 0 where it is missing."""
        field = samples_of(f)
        only = axis_of_rank(axis, field.values.ndim)
        out = np.empty(_resized(field.values, only, self.row_count).shape, np.uint8)
        _native.achieved_accuracy(field.values, field.mask, self.along(only), out)
        return out

    def rows(self, mask: npt.ArrayLike | None = None) -> SparseRows:
        """Return the matrix.

        ``mask`` has one mark per sample of a line, true where it is missing: the matrix is
        that of the rows which the scheme has then.
        """
        marks = None if mask is None else np.asarray(mask, bool).view(np.uint8)
        parts: tuple[Any, ...] = self._native.rows(marks)
        starts, columns, weights, ends, accuracies = parts
        return SparseRows(starts, columns, weights, ends.reshape(-1, 2), accuracies)

    def apply_transposed(self, f: Any, axis: int = -1) -> Any:
        """Apply the transposed matrix: from ``row_count`` samples to ``extent``.

        It is the adjoint of `apply` where no boundary carries a value.
        """
        field = samples_of(f)
        only = axis_of_rank(axis, field.values.ndim)
        along = _native.DifferenceAlong(only, self._native.transposed())
        results = Results(1, None, None)
        arrays = results.arrays_for(_resized(field.values, only, self.extent))
        _native.apply_each(field.values, field.mask, [along], arrays)
        return results.returned(arrays, field)[0]


def _resized(values: npt.NDArray[Any], axis: int, extent: int) -> npt.NDArray[Any]:
    """An array like `values`, samples not set, with another extent along one axis."""
    if values.shape[axis] == extent:
        return values
    shape = list(values.shape)
    shape[axis] = extent
    return np.empty_like(values, shape=shape, subok=False)


def _rebuilt(spacing: Any, extent: int, options: SchemeOptions, ends: Ends | None) -> Difference:
    return Difference(spacing, extent, boundary=ends, **options)
