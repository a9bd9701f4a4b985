# Every target is a thin layer over cargo and npm; CONTRIBUTING.md shows what to type without make.
# The build folder lies outside the clone: .ci/env.sh.

SHELL := /usr/bin/env bash
.DEFAULT_GOAL := help
.PHONY: help setup run test bench lint dev package pictures

help: ## 列出可用的命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

setup: ## 安装缺少的系统库、字体和界面依赖
	@.ci/setup.sh

run: setup ## 构建并打开示例台账（没有图形界面时改在命令行里完成同样的工作）
	@.ci/start.sh

test: setup ## 运行全部测试
	@.ci/with-env.sh node .ci/test.mjs

bench: setup ## 测量启动、导入、学分和汇总的用时
	@.ci/bench.sh

lint: setup ## 检查格式和常见错误
	@.ci/with-env.sh cargo fmt --all --check
	@.ci/with-env.sh npm --prefix ui run --silent build
	@.ci/with-env.sh cargo clippy --workspace --all-targets -- -D warnings
	@.ci/with-env.sh npm --prefix ui run --silent typecheck

dev: setup ## 开发：界面改动即时可见
	@.ci/dev.sh

package: setup ## 制作 Debian 安装包
	@.ci/package.sh

pictures: setup ## 重新拍摄 README 里的图片
	@.ci/with-env.sh npm --prefix ui run --silent build
	@.ci/with-env.sh cargo build --workspace --bins
	@.ci/with-env.sh node tests/e2e/window/pictures.js
