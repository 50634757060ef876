// cli/help_text.hpp: what --help says before and after the options
//
// SPDX-License-Identifier: BSD-3-Clause

#pragma once

namespace gridgrad::cli {

inline constexpr const char* exit_codes =
    "Exit codes: 0 done, 1 run-time or I/O error, 2 wrong arguments, 3 output exists,\n"
    "4 unsupported format, filter or type, 130 interrupted.";

inline constexpr const char* program_help =
    "Examples:\n"
    "  gridgrad grad height.npy -s 30 -o slope.npy\n"
    "  gridgrad info sst.nc\n"
    "\n"
    "'gridgrad COMMAND --help' explains a command.\n";

inline constexpr const char* grad_help =
    "INPUT is .npy, a labelled file (netCDF, HDF5, GeoTIFF, Zarr), or text (.csv .txt\n"
    ".dat .tsv: rows of numbers, or with -v a log: a table with a header, along its\n"
    "column -x). FILE:/GROUP/NAME is a variable of a labelled file. '-' is .npy on\n"
    "standard input, with -v a log.\n"
    "\n"
    "Examples:\n"
    "  gridgrad grad values.csv                         print the gradient, spacing 1\n"
    "  gridgrad grad height.npy -s 30 -o slope.npy      spacing 30 along every axis\n"
    "  gridgrad grad t.npy -x 1,0 -s 0.5,lat.npy        axis 1, then axis 0 at "
    "positions\n"
    "  gridgrad grad sst.nc -v SST -o gradient.nc       coordinates from the file\n"
    "  gridgrad grad sst.nc -v SST -x time -o rate.nc   time only if asked for\n"
    "  gridgrad grad a.nc b.nc c.nc -v SST -o out/      each to out/ under its name\n"
    "  gridgrad grad run.h5:/wind/speed -o gradient.h5  a dataset in a group\n"
    "  gridgrad grad sst.nc -v SST -b lon=periodic --missing adapt --accuracy 4\n"
    "  gridgrad grad log.csv -x stamp -v speed,yaw --period yaw=360deg -o rates.csv\n"
    "  logger | gridgrad grad - -x stamp -v yaw --causal --window 9     row by row\n"
    "\n";

inline constexpr const char* at_help =
    "Points are CSV with a header that names the axes (lat and lon for latitudes and\n"
    "longitudes, dates for times), or .npy of shape (n, axes). Results follow their\n"
    "columns: the value, then d{variable}_d{axis} per unit of the coordinate, both in\n"
    "units that are said on standard error.\n"
    "\n"
    "Examples:\n"
    "  gridgrad at sst.nc -v SST --points track.csv --pick time=0 -b lon=periodic\n"
    "  gridgrad at cost.npy -s 0.05@-10 --points path.npy --fill 255 -o slopes.npy\n"
    "\n";

inline constexpr const char* stencil_help =
    "Examples:\n"
    "  gridgrad stencil --derivative 2 --accuracy 6\n"
    "  gridgrad stencil --offsets=-3,-1,0,2\n"
    "\n";

inline constexpr const char* info_help =
    "Without INPUT: version, instruction sets, threads.\n"
    "\n"
    "Examples:\n"
    "  gridgrad info\n"
    "  gridgrad info sst.nc                             axes, and the floor that "
    "packing\n"
    "                                                   sets to the gradient\n"
    "  gridgrad info --json sst.nc                      the same for programs\n"
    "\n";

}  // namespace gridgrad::cli
