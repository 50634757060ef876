// cli/help_text.hpp: what help says beside the options
//
// SPDX-License-Identifier: BSD-3-Clause
//
// Footers of commands: paragraphs, then "Examples:" with one line each, indented by two
// blanks and at least two blanks before what is said of it; then the exit codes. Examples
// are run by tests/cli/test_help.py.

#pragma once

namespace gridgrad::cli {

inline constexpr const char* exit_codes =
    "Exit codes: 0 done, 1 run-time or I/O error, 2 wrong arguments, 3 output exists,\n"
    "4 unsupported format, filter or type, 130 interrupted.";

inline constexpr const char* program_help =
    "'gridgrad help COMMAND', or 'gridgrad COMMAND --help', explains a command.\n"
    "\n"
    "Examples:\n"
    "  gridgrad grad height.npy -s 30 -o slope.npy\n"
    "  gridgrad curl wind.nc -v u,v --metric sphere -o vorticity.nc\n"
    "  gridgrad info sst.nc\n"
    "\n";

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
    "  cat log.csv | gridgrad grad - -x stamp -v yaw --causal --window 9  row by row\n"
    "\n";

// Before the help of operators on vectors.
inline constexpr const char* vector_help =
    "INPUT is a labelled file with the components in variables -v, or .npy with the\n"
    "components stacked on a first axis. On the Earth --metric is needed.\n"
    "\n";

inline constexpr const char* div_help =
    "Examples:\n"
    "  gridgrad div wind.nc -v u,v --metric sphere -o div.nc      u east, v north\n"
    "  gridgrad div flow.npy -s 0.1 -o div.npy     of shape (2, ...): along axes 0, 1\n"
    "\n";

inline constexpr const char* curl_help =
    "Of two components there is one result, of three there are three.\n"
    "\n"
    "Examples:\n"
    "  gridgrad curl wind.nc -v u,v --metric sphere -b lon=periodic -o vorticity.nc\n"
    "  gridgrad curl box.nc -v u,v,w -x x,y,z -o curl.nc      curl_u_v_w_x, ...\n"
    "\n";

inline constexpr const char* lap_help =
    "The sum of the second derivatives along the axes. Of each variable by itself.\n"
    "\n"
    "Examples:\n"
    "  gridgrad lap t.nc -x lat,lon --metric sphere -o lap.nc\n"
    "  gridgrad lap t.npy -s 0.1 --accuracy 4 -o lap.npy\n"
    "\n";

inline constexpr const char* hess_help =
    "The second derivatives along all pairs of axes, each pair once.\n"
    "\n"
    "Examples:\n"
    "  gridgrad hess height.npy -s 30 -o hess.npy      of shape (3, ...)\n"
    "  gridgrad hess plane.nc -x y,x -o hess.nc        hess_t_y_y, _y_x, _x_x\n"
    "\n";

inline constexpr const char* jac_help =
    "The derivatives of every component along every axis.\n"
    "\n"
    "Examples:\n"
    "  gridgrad jac wind.nc -v u,v --metric sphere -o jac.nc   jac_u_lon, jac_u_lat, "
    "...\n"
    "  gridgrad jac flow.npy -o jac.npy                        of shape (4, ...)\n"
    "\n";

inline constexpr const char* mag_help =
    "The length of the gradient, the steepest slope.\n"
    "\n"
    "Examples:\n"
    "  gridgrad mag height.npy -s 30 -o steepness.npy\n"
    "  gridgrad mag sst.nc -v SST -x lat,lon --metric auto -o fronts.nc\n"
    "\n";

inline constexpr const char* dir_help =
    "The sum of the derivatives along the axes times the components of a vector, which\n"
    "is taken as it is: not made one of length 1.\n"
    "\n"
    "Examples:\n"
    "  gridgrad dir height.npy -s 30 --along 0.6,0.8 -o slope.npy\n"
    "  gridgrad dir air.nc -v t --along u,v --metric sphere -o advection.nc\n"
    "\n";

inline constexpr const char* strain_help =
    "Strain rates (d_j u_i + d_i u_j) / 2 of all pairs of axes, each pair once, then\n"
    "rotation (d_i u_j - d_j u_i) / 2 of those that differ.\n"
    "\n"
    "Examples:\n"
    "  gridgrad strain wind.nc -v u,v --metric sphere -o strain.nc\n"
    "  gridgrad strain flow.npy -s 0.1 -o strain.npy      of shape (4, ...)\n"
    "\n";

inline constexpr const char* slope_help =
    "Positions along the axes increase eastwards and northwards: of .npy whose rows run\n"
    "south the spacing of the rows is below 0. Degrees on the Earth need --metric.\n"
    "\n"
    "Examples:\n"
    "  gridgrad slope dem.tif --stencil horn -o slope.tif\n"
    "  gridgrad slope dem.tif --metric auto --accuracy 4 --unit percent -o slope.tif\n"
    "  gridgrad slope height.npy -s 30,-30 -o slope.npy      east, north\n"
    "\n";

inline constexpr const char* aspect_help =
    "The direction downhill in degrees, 0 to below 360. Axes as those of slope.\n"
    "\n"
    "Examples:\n"
    "  gridgrad aspect dem.tif --stencil horn -o aspect.tif\n"
    "  gridgrad aspect dem.tif --metric auto --angle trigonometric -o aspect.tif\n"
    "  gridgrad aspect height.npy -s 30,-30 --flat zero -o aspect.npy\n"
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

inline constexpr const char* view_help =
    "Fields of two axes and more are maps: derivatives and fields of both signs around "
    "0,\n"
    "others from low to high, up to the 2 % and 98 % quantiles. Two components, as\n"
    "dSST_dlon and dSST_dlat or u and v, are arrows over their magnitude. Fields of one\n"
    "axis are lines with their derivatives below. .html is one file that shows values,\n"
    "zooms and has all layers and samples of the other axes.\n"
    "\n"
    "Examples:\n"
    "  gridgrad view sst.nc -v SST --at time=0 -o sst.png\n"
    "  gridgrad view gradient.nc -o gradient.html\n"
    "  gridgrad lap height.npy -o - | gridgrad view - -o lap.svg\n"
    "  gridgrad view log.csv -x stamp -v speed -o speed.png\n"
    "\n";

inline constexpr const char* stencil_help =
    "Examples:\n"
    "  gridgrad stencil --derivative 2 --accuracy 6\n"
    "  gridgrad stencil --offsets=-3,-1,0,2\n"
    "\n";

inline constexpr const char* completion_help =
    "Commands, options, their words and files are completed, and after INPUT the\n"
    "names of its variables and axes.\n"
    "\n"
    "Examples:\n"
    "  gridgrad completion bash > gridgrad.bash   source it, or keep it where bash "
    "looks\n"
    "  gridgrad completion zsh > _gridgrad        in a directory of $fpath\n"
    "  gridgrad completion fish > gridgrad.fish   in ~/.config/fish/completions\n"
    "\n";

inline constexpr const char* help_help =
    "'gridgrad help COMMAND' prints what 'gridgrad COMMAND --help' does.\n"
    "\n"
    "Examples:\n"
    "  gridgrad help grad\n"
    "  gridgrad help --format man grad > gridgrad-grad.1\n"
    "  gridgrad help --format markdown > cli.md\n"
    "\n";

inline constexpr const char* info_help =
    "Without INPUT: version, instruction sets, threads.\n"
    "\n"
    "Examples:\n"
    "  gridgrad info sst.nc                   axes, and the floor of the gradient\n"
    "  gridgrad info --json sst.nc            the same for programs\n"
    "  gridgrad info --list variables sst.nc  names alone\n"
    "\n";

}  // namespace gridgrad::cli
