# _series.py: derivatives of Series and DataFrames along their index
#
# SPDX-License-Identifier: BSD-3-Clause

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgrad import _native
from gridgrad._boundary import Ends, check_values, refuse_halo, with_ends
from gridgrad._gradient import computed
from gridgrad._positions import SECONDS, TimeUnit, axis_of, ticks_of
from gridgrad._results import Results, result_type
from gridgrad._samples import Array, Samples, samples_of
from gridgrad._scheme import Missing, SchemeOptions
from gridgrad._unwrap import checked_period, unwrapped

Duplicates: TypeAlias = Literal["raise", "first", "last", "mean"]
Period: TypeAlias = float | Mapping[Hashable, float]


@dataclass(frozen=True)
class Reading:
    """How the rows of a log are read."""

    duplicates: Duplicates
    period: Period | None
    time_unit: TimeUnit


@dataclass(frozen=True)
class Rows:
    """Rows of a log: where they lie, and which of them share a position."""

    axis: _native.Axis
    groups: npt.NDArray[np.intp] | None  # the position of each row, where some share one
    duplicates: Duplicates


def along_index(
    f: Any,
    reading: Reading,
    options: SchemeOptions,
    boundary: Ends | None,
    dtype: npt.DTypeLike | None,
    threads: int | None,
) -> Any:
    """The derivative of each column at the positions that the index has."""
    _check(reading, boundary)
    if f.ndim == 1:
        names, columns = [f.name], [samples_of(f)]
    else:
        names = list(f.columns)
        columns = [_samples_of_column(f.iloc[:, k], name) for k, name in enumerate(names)]
    periods = _period_per_column(reading.period, names)
    rows = _rows_of(f.index, reading, boundary)
    for column in columns:
        check_values([] if boundary is None else [boundary], column.values.dtype)
    missing = options.get("missing")
    signals = [_prepared(*pair, rows, missing) for pair in zip(columns, periods, strict=True)]
    results: dict[int, Array] = {}
    for block in _blocks(signals):
        # In options of its own, which masked samples change.
        scheme: SchemeOptions = {**options}
        samples = _stacked([signals[k] for k in block])
        given = Results(1, dtype, None)
        (stack,) = computed(samples, [(0, rows.axis)], scheme, given, threads)
        for k, result in zip(block, stack.T, strict=True):
            if dtype is None:
                result = result.astype(result_type(columns[k].values.dtype), copy=False)
            results[k] = result if rows.groups is None else result[rows.groups]
    if f.ndim == 1:
        return pd.Series(results[0], index=f.index, name=f.name)
    derivatives = pd.DataFrame({k: results[k] for k in range(len(names))}, index=f.index)
    derivatives.columns = f.columns
    return derivatives


def _blocks(signals: list[Samples]) -> list[list[int]]:
    """Numbers of the signals of each type, whose rows are built once."""
    blocks: dict[Any, list[int]] = {}
    for k, signal in enumerate(signals):
        blocks.setdefault((signal.values.dtype, signal.mask is None), []).append(k)
    return list(blocks.values())


def _stacked(signals: list[Samples]) -> Samples:
    """Signals of one type as the columns of a field, each in one piece; one is viewed."""
    if len(signals) == 1:
        (only,) = signals
        return Samples(only.values[:, None], None if only.mask is None else only.mask[:, None])
    masks = [signal.mask for signal in signals if signal.mask is not None]
    values = np.stack([signal.values for signal in signals]).T
    return Samples(values, np.stack(masks).T if masks else None)


def _check(reading: Reading, boundary: Ends | None) -> None:
    refuse_halo(boundary)
    for argument, given, accepted in (
        ("duplicates", reading.duplicates, get_args(Duplicates)),
        ("time_unit", reading.time_unit, tuple(SECONDS)),
    ):
        if given not in accepted:
            listed = ", ".join(map(repr, accepted))
            raise ValueError(f"{argument}: {given!r} given; accepted: {listed}")
    if reading.period is not None and boundary not in (None, "one-sided"):
        raise ValueError(
            f"boundary: {boundary!r} given beside period; beyond its ends nothing is known of a "
            "signal that wraps"
        )


def _samples_of_column(column: Any, name: Hashable) -> Samples:
    try:
        return samples_of(column)
    except TypeError as error:
        raise TypeError(
            f"f: column {name!r} of dtype {column.dtype} given; numbers are needed: "
            "pandas.to_numeric() reads them, drop(columns=...) leaves it out"
        ) from error


def _period_per_column(period: Period | None, names: list[Hashable]) -> list[float | None]:
    if not isinstance(period, Mapping):
        return [None if period is None else checked_period(period)] * len(names)
    unknown = [name for name in period if name not in names]
    if unknown:
        raise ValueError(f"period: column {unknown[0]!r} given; there are {names}")
    return [checked_period(period[name]) if name in period else None for name in names]


def _rows_of(index: Any, reading: Reading, boundary: Ends | None) -> Rows:
    if isinstance(index, pd.RangeIndex):
        _refuse_time_unit(reading.time_unit, index)
        return Rows(with_ends(*axis_of(index.step), boundary), None, reading.duplicates)
    ticks, units = _ticks_of(index, reading.time_unit)
    is_first = np.append(True, _is_new(index, ticks, reading.duplicates))[: len(ticks)]
    if is_first.all():
        groups = None
    else:
        ticks, groups = ticks[is_first], np.cumsum(is_first) - 1
    axis = with_ends(_native.Axis.at(ticks).per(units), units, boundary)
    return Rows(axis, groups, reading.duplicates)


def _ticks_of(index: Any, time_unit: TimeUnit) -> tuple[Array, float]:
    """Positions, times as whole ticks, and how many of them make one unit of the result."""
    dtype = getattr(index.dtype, "numpy_dtype", index.dtype)
    is_time = isinstance(index, (pd.DatetimeIndex, pd.TimedeltaIndex))
    if isinstance(index, pd.MultiIndex) or not is_time and getattr(dtype, "kind", "O") not in "iuf":
        raise _no_positions(index)
    if index.hasnans:
        row = np.flatnonzero(index.isna())[0]
        raise ValueError(
            f"index: {index[row]} at row {row} given; every sample needs a position: "
            "f[f.index.notna()] leaves out the others"
        )
    if is_time:
        # A zone says how a time is written; its ticks are those of UTC.
        is_zoned = getattr(index, "tz", None) is not None
        ticks, per_second = ticks_of((index.tz_convert(None) if is_zoned else index).to_numpy())
        return ticks, float(Fraction(per_second) * SECONDS[time_unit])
    _refuse_time_unit(time_unit, index)
    numbers = index.to_numpy(dtype=dtype)
    if not np.isfinite(numbers).all():
        row = np.flatnonzero(~np.isfinite(numbers))[0]
        raise ValueError(f"index: {index[row]} at row {row} given; finite numbers are needed")
    return numbers, 1.0


def _no_positions(index: Any) -> TypeError:
    if isinstance(index, pd.PeriodIndex):
        return TypeError(
            "index: a PeriodIndex given, of spans and not of times; index.to_timestamp() has "
            "their starts, spacing=1 takes neighbours 1 apart"
        )
    if isinstance(index, pd.MultiIndex):
        return TypeError(
            f"index: a MultiIndex of {index.names} given; one level is needed: droplevel() leaves "
            "out the others, groupby() separates signals"
        )
    return TypeError(
        f"index: dtype {index.dtype} given; times or numbers are needed: pandas.to_datetime() "
        "reads times, spacing=1 takes neighbours 1 apart"
    )


def _refuse_time_unit(time_unit: TimeUnit, index: Any) -> None:
    if time_unit != "s":
        raise ValueError(
            f"time_unit: {time_unit!r} given for an index of {index.dtype}; derivatives are per "
            "unit of its numbers"
        )


def _is_new(index: Any, ticks: Array, duplicates: Duplicates) -> npt.NDArray[np.bool_]:
    """Whether each row but the first has another position than the one before it."""
    before, after = ticks[:-1], ticks[1:]
    # Not a sign of differences: those of whole numbers may wrap.
    is_falling = len(ticks) > 0 and ticks[-1] < ticks[0]
    turns = np.flatnonzero(after > before if is_falling else after < before)
    if turns.size:
        row = turns[0] + 1
        raise ValueError(
            f"index: {index[row]} at row {row} given, after {index[row - 1]}; rows in order are "
            "needed: sort_index() puts them in order, spacing=1 takes neighbours 1 apart"
        )
    repeats = np.flatnonzero(after == before)
    if repeats.size and duplicates == "raise":
        row = repeats[0]
        raise ValueError(
            f"index: {index[row]} at rows {row} and {row + 1} given; every sample needs a "
            "position of its own: duplicates='first', 'last' or 'mean' makes one of those that "
            "share one"
        )
    return np.asarray(after != before)


def _prepared(
    column: Samples, period: float | None, rows: Rows, missing: Missing | None
) -> Samples:
    """The samples of a column without wraps, one for each position."""
    values, mask = column.values, column.mask
    is_there = np.ones(len(values), bool) if mask is None else mask == 0
    if period is not None:
        values = unwrapped(values, is_there, period)
    if rows.groups is None:
        return Samples(values, mask)
    # Without a rule NaN is data.
    rule = "propagate" if missing is None and mask is not None else missing
    counts = is_there if rule in (None, "none") else is_there & ~np.isnan(values)
    values = _one_of_each(values, counts, rows.groups, rows.duplicates)
    return Samples(values, None if mask is None else _missing_of_each(mask, rows.groups))


def _starts(groups: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    return np.flatnonzero(np.append(True, groups[1:] != groups[:-1]))


def _missing_of_each(
    mask: npt.NDArray[np.uint8], groups: npt.NDArray[np.intp]
) -> npt.NDArray[np.uint8]:
    """Marks of the positions where all samples are missing."""
    return np.asarray(np.minimum.reduceat(mask, _starts(groups)))


def _one_of_each(
    values: Array,
    counts: npt.NDArray[np.bool_],
    groups: npt.NDArray[np.intp],
    duplicates: Duplicates,
) -> Array:
    """One sample for each position, of those that count, or of all where none does."""
    starts = _starts(groups)
    counts = counts | ~np.logical_or.reduceat(counts, starts)[groups]
    row = np.arange(len(values))
    if duplicates == "last":
        return np.asarray(values[np.maximum.reduceat(np.where(counts, row, -1), starts)])
    first = values[np.minimum.reduceat(np.where(counts, row, len(row)), starts)]
    if duplicates == "first":
        return np.asarray(first)
    wide = first if first.dtype.kind == "c" else first.astype(np.float64)
    # The mean of equal samples is that sample.
    beyond = np.add.reduceat(np.where(counts, values - wide[groups], 0), starts)
    return np.asarray(wide + beyond / np.add.reduceat(counts.astype(np.intp), starts))
