#include "gridgrad/difference.hpp"
#include <gtest/gtest.h>
TEST(A,B){}
