# Ceres, for what stands beside it. Not by its own package file: its glog asks for a
# libunwind-dev that libc++'s replaces, and its targets of glog and gflags would be everybody's.
# Sets GRIDGRAD_HAS_CERES and makes Ceres::ceres.

find_package(Eigen3 3.3 QUIET NO_MODULE)
find_path(GRIDGRAD_CERES_INCLUDE ceres/jet.h)
find_library(GRIDGRAD_CERES_LIBRARY ceres)
find_library(GRIDGRAD_GLOG_LIBRARY glog)
set(GRIDGRAD_HAS_CERES FALSE)
if(GRIDGRAD_CERES_INCLUDE AND GRIDGRAD_CERES_LIBRARY AND GRIDGRAD_GLOG_LIBRARY AND Eigen3_FOUND)
  set(GRIDGRAD_HAS_CERES TRUE)
endif()
if(GRIDGRAD_HAS_CERES AND NOT TARGET Ceres::ceres)
  add_library(Ceres::ceres INTERFACE IMPORTED GLOBAL)
  target_include_directories(Ceres::ceres SYSTEM INTERFACE ${GRIDGRAD_CERES_INCLUDE})
  # As the library was built: under sanitizers Eigen would align memory itself, and free what
  # the library took from malloc.
  target_compile_definitions(Ceres::ceres INTERFACE EIGEN_MALLOC_ALREADY_ALIGNED=1)
  target_link_libraries(Ceres::ceres INTERFACE
    ${GRIDGRAD_CERES_LIBRARY} ${GRIDGRAD_GLOG_LIBRARY} Eigen3::Eigen)
endif()
