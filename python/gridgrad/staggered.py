# staggered.py: derivatives between the centres, faces and edges of cells
#
# SPDX-License-Identifier: BSD-3-Clause

"""Staggered grids: values at the centres of cells, on their faces and on their edges.

Where values stand along an axis of n cells has the names of xgcm. Cell i lies between
its lower face, i - 1/2, and its upper face, i + 1/2:

==========  ======  =====================================================
``left``    n       index i is face i - 1/2; all but the last face
``right``   n       index i is face i + 1/2; all but the first face
``inner``   n - 1   index i is face i + 1/2; none at the ends
``outer``   n + 1   index i is face i - 1/2; both ends
==========  ======  =====================================================

`to_faces` and `to_centres` are the derivative along one axis, of any even accuracy;
`StaggeredGrid` has gradient, divergence and curl of second order on planes and in space.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from gridgrad import _native
from gridgrad._arguments import integer, thread_count
from gridgrad._boundary import Ends, both, end_values, named
from gridgrad._difference import Difference
from gridgrad._positions import in_place
from gridgrad._scheme import Missing, SchemeOptions, scheme_of

__all__ = ["StaggeredAxis", "StaggeredDifference", "StaggeredGrid", "to_centres", "to_faces"]

Faces: TypeAlias = Literal["left", "right", "inner", "outer"]
Place: TypeAlias = Literal["centres", "faces", "edges"]
Array: TypeAlias = npt.NDArray[Any]


class StaggeredAxis:
    """The cells along one axis: where their faces and centres are, and its ends.

    Parameters
    ----------
    faces : array_like
        Positions, one more than cells, increasing or decreasing.
    centres : array_like, optional
        Positions, one per cell and between its faces. Midway by default.
    boundary : optional
        ``"one-sided"`` (the default), ``"periodic"`` (the last face is the first again) or
        ``Constant``, a value known on the end face; a pair for the lower and upper end.

    Raises
    ------
    ValueError, TypeError

    Examples
    --------
    >>> from gridgrad.staggered import StaggeredAxis, to_faces
    >>> depth = StaggeredAxis([0.0, 10.0, 30.0, 60.0])
    >>> to_faces(depth, "inner").apply([20.0, 18.5, 11.0])  # degrees per metre at 10, 30 m
    array([-0.075, -0.275])
    """

    def __init__(
        self, faces: npt.ArrayLike, *, centres: npt.ArrayLike | None = None,
        boundary: Ends | None = None,
    ) -> None:  # fmt: skip
        # Copies: this stays the axis that it is, whatever the caller writes later.
        places = np.array(faces)
        middles = None if centres is None else np.array(centres)
        axis = _native.StaggeredAxis.at(in_place(places))
        if middles is not None:
            axis = axis.with_centres(in_place(middles))
        self._take(axis, (places, middles), boundary)

    @classmethod
    def spaced(
        cls, cells: int, size: float = 1.0, *, boundary: Ends | None = None
    ) -> StaggeredAxis:
        """So many cells of equal size, negative where the axis runs backwards."""
        count = integer("cells", cells)
        if count < 1:
            raise ValueError(f"cells: {count} given; at least 1 is needed")
        axis = cls.__new__(cls)
        axis._take(_native.StaggeredAxis.spaced(count, float(size)), (count, size), boundary)
        return axis

    def _take(self, axis: _native.StaggeredAxis, given: Any, boundary: Ends | None) -> None:
        self._arguments = *given, deepcopy(boundary)
        if boundary is not None:
            lower, upper = both(boundary)
            axis = axis.with_ends(*named(lower), *named(upper))
        self._native = axis
        self._ends = end_values(boundary)

    def __reduce__(self) -> tuple[Any, ...]:
        return _axis_rebuilt, self._arguments

    def __repr__(self) -> str:
        return f"<gridgrad.StaggeredAxis: {self.cells} cells>"

    @property
    def cells(self) -> int:
        """Number of cells."""
        return self._native.cells

    @property
    def is_periodic(self) -> bool:
        """Whether the last face is the first again."""
        return self._native.is_periodic


class StaggeredDifference(Difference):
    """The rows of a derivative between centres and faces: see `to_faces`, `to_centres`."""

    def __init__(
        self, towards: Literal["faces", "centres"], axis: StaggeredAxis, faces: Faces,
        options: SchemeOptions,
    ) -> None:  # fmt: skip
        self._how = towards, axis, faces, options
        make = _native.to_faces if towards == "faces" else _native.to_centres
        self._native = make(axis._native, faces, scheme_of(options))
        self._ends = axis._ends

    def __reduce__(self) -> tuple[Any, ...]:
        return StaggeredDifference, self._how


def to_faces(
    axis: StaggeredAxis,
    faces: Faces,
    *,
    accuracy: int | None = None,
    edge_order: int | None = None,
    missing: Missing | None = None,
) -> StaggeredDifference:
    """Return the first derivative at faces, from samples at the centres.

    Parameters
    ----------
    axis : StaggeredAxis
    faces : {"left", "right", "inner", "outer"}
        Left or right where the axis is periodic; inner needs no boundary; a face at an end
        needs a ``Constant`` there: the value on that face.
    accuracy : int, optional
        Even; 2 by default.
    edge_order : int, optional
        Of rows near ends, from the 1 + edge_order values most centred on the face. By
        default `accuracy`, where that is given, else 1.
    missing : {"none", "propagate"}, optional

    Returns
    -------
    StaggeredDifference
        A `Difference` with its ``apply``, ``support``, ``rows`` and ``apply_transposed``.

    Examples
    --------
    >>> import numpy as np
    >>> from gridgrad.staggered import StaggeredAxis, to_centres, to_faces
    >>> axis = StaggeredAxis.spaced(4, 0.5)
    >>> to_faces(axis, "inner").apply(np.array([1.0, 4.0, 9.0, 16.0]))
    array([ 6., 10., 14.])
    >>> to_centres(axis, "outer").apply(np.array([0.0, 1.0, 4.0, 9.0, 16.0]))
    array([ 2.,  6., 10., 14.])
    """
    options: SchemeOptions = {"accuracy": accuracy, "edge_order": edge_order, "missing": missing}
    return StaggeredDifference("faces", axis, faces, options)


def to_centres(
    axis: StaggeredAxis,
    faces: Faces,
    *,
    accuracy: int | None = None,
    edge_order: int | None = None,
    missing: Missing | None = None,
) -> StaggeredDifference:
    """Return the first derivative at the centres, from samples at faces.

    Outer faces need no boundary; an end whose face has no samples needs ``Constant``, 0
    where nothing flows through a wall, or ``"periodic"``. Otherwise as `to_faces`.
    """
    options: SchemeOptions = {"accuracy": accuracy, "edge_order": edge_order, "missing": missing}
    return StaggeredDifference("centres", axis, faces, options)


class StaggeredGrid:
    """Gradient, divergence and curl on an Arakawa C grid: a plane or space.

    Parameters
    ----------
    *directions : (int, StaggeredAxis, faces)
        2 or 3: the axis of the fields, counted from 0, the cells along it, and which of
        their faces have values. Right-handed in the order given: x, y, z of fields
        ``f[z, y, x]`` are axes 2, 1, 0. Directions that are not periodic are closed by
        walls: what would stand on an end face and is not in the arrays is 0, and so is a
        difference across such a face.
    distances : sequence of array_like, optional
        Per direction, at the faces across it: from centre to centre.
    face_areas : sequence of array_like, optional
        Per direction, at the faces across it; on a plane lengths.
    volumes : array_like, optional
        At the centres; on a plane areas.
    edge_lengths : sequence of array_like, optional
        Per direction, at the edges along it; not read on a plane.
    dual_areas : sequence of array_like, optional
        Per direction, at the edges along it, on a plane one: of the face between centres.

    With any measures the operators are Gauss' and Stokes' theorems on each cell. Arrays
    broadcast; what an operator does not need may be left out. Without measures the grid is
    Cartesian. Either way the curl of a gradient and the divergence of a curl are 0 to
    rounding, and NaN (a hole) spreads to what is computed from it and no further.

    Fields are float32 or float64, others become float64; masked samples become NaN.

    Raises
    ------
    ValueError, TypeError, AxisError

    Examples
    --------
    >>> import numpy as np
    >>> from gridgrad.staggered import StaggeredAxis, StaggeredGrid
    >>> x = StaggeredAxis.spaced(3, 1.0, boundary="periodic")
    >>> y = StaggeredAxis.spaced(2, 1.0)
    >>> grid = StaggeredGrid((1, x, "left"), (0, y, "outer"))  # of fields f[y, x]
    >>> stream = [np.array([[0.0, 0, 0], [1, 4, 9], [0, 0, 0]])]  # at the corners
    >>> u, v = grid.curl_to_faces(stream)
    >>> u
    array([[ 1.,  4.,  9.],
           [-1., -4., -9.]])
    >>> grid.divergence([u, v])
    array([[0., 0., 0.],
           [0., 0., 0.]])
    """

    def __init__(
        self,
        *directions: tuple[int, StaggeredAxis, Faces],
        distances: Sequence[npt.ArrayLike] | None = None,
        face_areas: Sequence[npt.ArrayLike] | None = None,
        volumes: npt.ArrayLike | None = None,
        edge_lengths: Sequence[npt.ArrayLike] | None = None,
        dual_areas: Sequence[npt.ArrayLike] | None = None,
    ) -> None:
        grid = _native.StaggeredGrid([_direction(*one) for one in directions])
        only_volume = None if volumes is None else [volumes]
        measures = [distances, face_areas, only_volume, edge_lengths, dual_areas]
        if any(measure is not None for measure in measures):
            grid = grid.with_measures([_doubles(measure) for measure in measures])
        self._native = grid

    def shape(
        self, centres: Sequence[int], place: Place, direction: int = 0
    ) -> tuple[int, ...]:  # fmt: skip
        """Return the shape of a component at a place, for fields of a shape at the centres."""
        return tuple(self._native.shape(list(centres), place, integer("direction", direction)))

    def gradient(self, f: Any, *, out: Any = None, threads: int | None = None) -> list[Array]:
        """Return the gradient at the faces of a field at the centres, one array a direction.

        ``out`` is a sequence of arrays for the results; ``threads`` as for
        `gridgrad.gradient`.
        """
        return self._apply("gradient", ("centres", "faces"), [f], (out, threads))

    def divergence(
        self, faces: Sequence[Any], *, out: Any = None, threads: int | None = None
    ) -> Array:
        """Return the divergence at the centres of a vector at the faces."""
        out = None if out is None else [out]
        return self._apply("divergence", ("faces", "centres"), faces, (out, threads))[0]

    def curl_to_edges(
        self, faces: Sequence[Any], *, out: Any = None, threads: int | None = None
    ) -> list[Array]:
        """Return the curl at the edges of a vector at the faces; on a plane one array."""
        return self._apply("curl_to_edges", ("faces", "edges"), faces, (out, threads))

    def curl_to_faces(
        self, edges: Sequence[Any], *, out: Any = None, threads: int | None = None
    ) -> list[Array]:
        """Return the curl at the faces of a vector at the edges; on a plane of one array."""
        return self._apply("curl_to_faces", ("edges", "faces"), edges, (out, threads))

    def _apply(
        self, operator: str, places: tuple[str, str], fields: Sequence[Any], how: tuple[Any, Any]
    ) -> list[Array]:
        come_from, go_to = places
        arrays = _of_one_type(come_from, fields)
        count = self._native.components(come_from)
        if len(arrays) != count:
            raise ValueError(f"{come_from}: {len(arrays)} arrays given; {count} are needed")
        out, threads = how
        if out is None:
            out = [
                np.empty(self._native.shape(arrays[0].shape, go_to, d), arrays[0].dtype)
                for d in range(self._native.components(go_to))
            ]
        results = list(out)
        getattr(self._native, operator)(arrays, results, thread_count(threads))
        return results


def _axis_rebuilt(first: Any, second: Any, boundary: Ends | None) -> StaggeredAxis:
    if np.ndim(first) == 0:
        return StaggeredAxis.spaced(first, second, boundary=boundary)
    return StaggeredAxis(first, centres=second, boundary=boundary)


def _direction(axis: int, cells: StaggeredAxis, faces: Faces) -> tuple[int, Any, str]:
    number = integer("axis", axis)
    if number < 0:
        raise ValueError(f"axis: {number} given; axes of a grid count from 0")
    return number, cells._native, faces


def _doubles(measure: Sequence[npt.ArrayLike] | None) -> list[Array]:
    if measure is None:
        return []
    return [in_place(np.asarray(one, np.float64)) for one in measure]


def _of_one_type(name: str, fields: Sequence[Any]) -> list[Array]:
    """Arrays of float32 or float64, all of one type. Raises TypeError."""
    arrays = [np.asarray(_without_marks(field)) for field in fields]
    for array in arrays:
        if array.dtype.kind not in "biuf" or array.dtype.itemsize > 8:
            raise TypeError(f"{name}: dtype {array.dtype} given; real numbers are needed")
    singles = all(array.dtype == np.float32 for array in arrays)
    dtype = np.float32 if singles else np.float64
    return [in_place(array.astype(dtype, copy=False)) for array in arrays]


def _without_marks(field: Any) -> Any:
    if not isinstance(field, np.ma.MaskedArray):
        return field
    floating: Any = field.astype(np.result_type(field.dtype, np.float32))
    return floating.filled(np.nan)
