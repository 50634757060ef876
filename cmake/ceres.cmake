# Ceres for what stands beside it. Its own package file asks for those of glog and libunwind,
# and libunwind-dev cannot be installed together with libc++-dev; headers and libraries
# suffice. Sets GRIDGRAD_HAS_CERES and makes the target gridgrad_ceres.

find_package(Eigen3 3.3 QUIET NO_MODULE)
find_path(GRIDGRAD_CERES_INCLUDE ceres/ceres.h)
find_library(GRIDGRAD_CERES_LIBRARY ceres)
find_library(GRIDGRAD_GLOG_LIBRARY glog)
set(GRIDGRAD_HAS_CERES FALSE)
if(Eigen3_FOUND AND GRIDGRAD_CERES_INCLUDE AND GRIDGRAD_CERES_LIBRARY AND GRIDGRAD_GLOG_LIBRARY)
  set(GRIDGRAD_HAS_CERES TRUE)
  if(NOT TARGET gridgrad_ceres)
    add_library(gridgrad_ceres INTERFACE)
    target_include_directories(gridgrad_ceres SYSTEM INTERFACE ${GRIDGRAD_CERES_INCLUDE})
    target_link_libraries(gridgrad_ceres INTERFACE
      ${GRIDGRAD_CERES_LIBRARY} ${GRIDGRAD_GLOG_LIBRARY} Eigen3::Eigen)
  endif()
endif()
