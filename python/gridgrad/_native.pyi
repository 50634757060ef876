"""The C++ library, for the modules of gridgrad alone."""

from collections.abc import Sequence
from typing import overload


version: str = '0.1.0'

class Axis:
    @staticmethod
    def spaced(spacing: float, first: float = 0.0) -> Axis: ...

    @staticmethod
    def cells(origin: float, size: float) -> Axis: ...

    @staticmethod
    def at(coordinates: object) -> Axis: ...

    def per(self, unit: float) -> Axis: ...

    def with_ends(self, lower: str, lower_value: object | None, upper: str, upper_value: object | None) -> Axis: ...

class Scheme:
    def __init__(self, derivative: int = 1, accuracy: int | None = None, edge_order: int | None = None, bias: str = 'central', missing: str = 'none', minimum: int | None = None) -> None: ...

def gradient(f: object | None, spacings: object, axis: object | None, edge_order: object | None, accuracy: object | None, out: object | None) -> object:
    """gradient of a usual call; None where something is out of the ordinary."""

def gradient_into(f: object, mask: object | None, rules: Sequence[tuple[int, Axis]], out: Sequence[object], scheme: Scheme, threads: int = 0) -> None:
    """Components of the gradient along (axis, rule), into arrays."""

def new_result(like: object) -> object:
    """
    A new array for a derivative of another, in memory that the library recycles.
    """

class CallableRows:
    def __init__(self, x: object, accuracy: int, steps: tuple[bool, object], bounds: object | None) -> None: ...

    @property
    def nodes(self) -> list[tuple[int, float]]: ...

    def combined(self, values: object) -> tuple[float, object, int]: ...

class ComplexSteps:
    def __init__(self, x: object) -> None: ...

    @property
    def nodes(self) -> list[tuple[int, complex]]: ...

    def combined(self, parts: object) -> tuple[float, object, int]: ...

class Difference:
    def __init__(self, axis: Axis, extent: int, scheme: Scheme) -> None: ...

    @property
    def extent(self) -> int: ...

    @property
    def row_count(self) -> int: ...

    def support(self, first: int, last: int) -> list[tuple[int, int]]: ...

    def transposed(self, mask: object | None = None) -> Difference: ...

    def rows(self, mask: object | None = None) -> tuple[object, object, object, object, object]: ...

class DifferenceAlong:
    def __init__(self, axis: int, difference: Difference, rows: tuple[int, int] | None = None, samples: Sequence[tuple[int, int]] = [], ends: tuple[object, object] = (None, None)) -> None: ...

def apply_each(f: object, mask: object | None, along: Sequence[DifferenceAlong], out: Sequence[object], threads: int = 0) -> None:
    """Rows of several operators, in one pass, into arrays."""

def achieved_accuracy(f: object, mask: object | None, along: DifferenceAlong, out: object) -> None:
    """The order of the error of each result, into an array of uint8."""

class Metric:
    def __init__(self) -> None: ...

    @staticmethod
    def on_sphere(radius: float, axes: tuple[int, int]) -> Metric: ...

    @staticmethod
    def on_ellipsoid(semi_major_axis: float, inverse_flattening: float, axes: tuple[int, int]) -> Metric: ...

    @staticmethod
    def scaled(factors: Sequence[tuple[int, object]]) -> Metric: ...

    @staticmethod
    def mapped(factors: Sequence[tuple[int, object]]) -> Metric: ...

    @staticmethod
    def at(latitudes: object, longitudes: object, radius: float) -> Metric: ...

    @property
    def obliqueness(self) -> float: ...

class Terrain:
    def __init__(self, result: str, stencil: str = 'scheme', unit: str = 'degrees', angle: str = 'compass', flat: str = 'missing', z_factor: float = 1.0) -> None: ...

class GridOperator:
    @overload
    def __init__(self, calculus: str, along_and_extents: tuple[Sequence[tuple[int, Axis]], Sequence[int]], metric: Metric, scheme: Scheme) -> None: ...

    @overload
    def __init__(self, terrain: Terrain, along_and_extents: tuple[Sequence[tuple[int, Axis]], Sequence[int]], metric: Metric, scheme: Scheme) -> None: ...

    @property
    def field_count(self) -> int: ...

    @property
    def result_count(self) -> int: ...

    def axes_of_result(self, k: int) -> list[int]: ...

    @property
    def extents(self) -> list[int]: ...

    @property
    def result_extents(self) -> list[int]: ...

    def support(self, axis: int, first: int, last: int) -> list[tuple[int, int]]: ...

    def may_cut(self, axis: int) -> bool: ...

    def apply(self, fields: Sequence[tuple[object, object]], out: Sequence[object], block: tuple[Sequence[tuple[int, int]], Sequence[Sequence[tuple[int, int]]]], threads: int = 0) -> None:
        """
        Results at rows of a block, (rows, samples) of every axis, of fields with their masks.
        """

    def transposed(self) -> GridOperator: ...

class Interpolant:
    def __init__(self, f: object, mask: object | None, axes: Sequence[Axis], interpolation: str, accuracy: int, outside: str, missing: float | None, threads: int) -> None: ...

    def value(self, point: object | None) -> object: ...

    def gradient(self, point: object | None) -> object: ...

    def value_and_gradient(self, point: object | None) -> object: ...

    def hessian(self, point: object | None) -> object: ...

    def evaluate(self, points: object, out: Sequence[object], threads: int) -> None: ...

    def rows(self, points: object, along: Sequence[int]) -> tuple[object, object, object]: ...

    def update(self, threads: int) -> None: ...

def recycle_at_most(bytes: int) -> None:
    """
    Let at most so many bytes of released results wait for the next ones.

    0 is none. What is too much is returned to the system at once. Before the
    first call it is an eighth of the physical memory, at most 4 GiB.
    """

def recycled_memory() -> int:
    """Bytes that wait."""

def release_memory() -> None:
    """Return all that waits to the system."""

def numpy_gradient(f: object | None, spacings: object, axis: object | None, edge_order: object | None) -> object:
    """
    numpy.gradient of a usual call; None where something is out of the ordinary.
    """

class StaggeredAxis:
    @staticmethod
    def spaced(cells: int, size: float) -> StaggeredAxis: ...

    @staticmethod
    def at(faces: object) -> StaggeredAxis: ...

    def with_centres(self, centres: object) -> StaggeredAxis: ...

    def with_ends(self, lower: str, lower_value: object | None, upper: str, upper_value: object | None) -> StaggeredAxis: ...

    @property
    def cells(self) -> int: ...

    @property
    def is_periodic(self) -> bool: ...

def to_faces(axis: StaggeredAxis, faces: str, scheme: Scheme) -> Difference: ...

def to_centres(axis: StaggeredAxis, faces: str, scheme: Scheme) -> Difference: ...

class StaggeredGrid:
    def __init__(self, directions: Sequence[tuple[int, StaggeredAxis, str]]) -> None: ...

    def with_measures(self, measures: Sequence[Sequence[object]]) -> StaggeredGrid: ...

    def shape(self, centres: Sequence[int], place: str, direction: int) -> list[int]: ...

    def components(self, place: str) -> int: ...

    def gradient(self, fields: Sequence[object], out: Sequence[object], threads: int) -> None: ...

    def divergence(self, fields: Sequence[object], out: Sequence[object], threads: int) -> None: ...

    def curl_to_edges(self, fields: Sequence[object], out: Sequence[object], threads: int) -> None: ...

    def curl_to_faces(self, fields: Sequence[object], out: Sequence[object], threads: int) -> None: ...

def torch_difference(spacing: object, extent: int, edge_order: int, sample: object) -> Difference:
    """
    torch.gradient along one axis, for fields of the type of the array `sample`.
    """
